import 'server-only';
import { type Check, checkText } from './check';

/** The portal sends no mail yet, whatever is set. */
export const mail: Check = {
  id: 'mail',
  group: 'mail',
  run: async ({ environment }) => ({
    state: 'warn',
    found: checkText(environment.given.has('SMTP_URL') ? 'mail.ignored' : 'mail.none'),
    fix: checkText('mail.fix'),
    fixedIn: 'environment',
  }),
};

import 'server-only';
import { type Check, say } from './check';

/** The portal sends no mail yet, whatever is set. */
export const mail: Check = {
  id: 'mail',
  group: 'mail',
  run: async ({ environment }) => ({
    state: 'warn',
    found: say(environment.given.has('SMTP_URL') ? 'mail.ignored' : 'mail.none'),
    mend: say('mail.mend'),
    mender: 'environment',
  }),
};

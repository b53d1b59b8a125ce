import 'server-only';
import { isThisMachine } from '@/env';
import { type Check, say } from './check';
import { requireSetting } from './requirements';

/** Whether the public address is one that customers and Codat can use. */
export const appUrl: Check = {
  id: 'app-url',
  group: 'environment',
  run: async (context) => {
    const address = requireSetting(context, 'APP_URL');
    const mode = requireSetting(context, 'PORTAL_MODE');
    const url = new URL(address);
    if (mode !== 'production') {
      const plain = url.protocol === 'http:';
      return {
        state: 'ok',
        found: say(plain ? 'app-url.demo' : 'app-url.ok', { url: address, mode }),
      };
    }
    if (isThisMachine(url)) {
      return {
        state: 'warn',
        found: say('app-url.local', { url: address }),
        mend: say('app-url.mendLocal'),
        mender: 'environment',
      };
    }
    return { state: 'ok', found: say('app-url.ok', { url: address }) };
  },
};

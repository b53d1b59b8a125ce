import 'server-only';
import { type Check, say } from './check';
import { requireSetting } from './requirements';

/** The portal speaks plain http alone, so an https address has a proxy in front. */
export const proxyHops: Check = {
  id: 'proxy-hops',
  group: 'secrets',
  run: async (context) => {
    const hops = requireSetting(context, 'TRUSTED_PROXY_HOPS');
    const appUrl = requireSetting(context, 'APP_URL');
    if (hops > 0 || !appUrl.startsWith('https:')) {
      return { state: 'ok', found: say('proxy-hops.ok', { hops }) };
    }
    return {
      state: 'warn',
      found: say('proxy-hops.none'),
      mend: say('proxy-hops.mend'),
      mender: 'environment',
    };
  },
};

import 'server-only';
import { type Check, say } from './check';
import { reasonOf, requireSetting } from './requirements';

/** Whether Codat answers at all. */
export const codatReachable: Check = {
  id: 'codat-reachable',
  group: 'codat',
  run: async (context) => {
    const url = requireSetting(context, 'CODAT_API_URL');
    requireSetting(context, 'CODAT_API_KEY');
    const knock = await context.codat?.knock().catch((error: unknown) => ({ error }));
    if (!knock || 'error' in knock) {
      return {
        state: 'fail',
        found: say('codat-reachable.silent', { url, reason: reasonOf(knock?.error) }),
        mend: say('codat-reachable.mendSilent'),
        mender: 'environment',
      };
    }
    const { status, durationMs } = knock;
    if (status >= 500) {
      return {
        state: 'fail',
        found: say('codat-reachable.broken', { url, status }),
        mend: say('codat-reachable.mendBroken'),
        mender: 'codat-portal',
      };
    }
    return { state: 'ok', found: say('codat-reachable.ok', { url, ms: durationMs }) };
  },
};

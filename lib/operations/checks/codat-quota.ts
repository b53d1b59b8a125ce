import 'server-only';
import { type Check, say } from './check';
import { askLook } from './requirements';

const lowShare = 0.1;

/** How much of today's calls is left. */
export const codatQuota: Check = {
  id: 'codat-quota',
  group: 'codat',
  run: async (context) => {
    const { status, quota } = await askLook(context, (codat) => codat.knock());
    if (!quota) return { state: 'unknown', found: say('codat-quota.silent') };
    const { dailyLimit: limit, remaining } = quota;
    const mendable = { mend: say('codat-quota.mend'), mender: 'codat-portal' } as const;
    if (status === 429 || remaining === 0) {
      return { state: 'fail', found: say('codat-quota.none', { limit }), ...mendable };
    }
    if (remaining < limit * lowShare) {
      return { state: 'warn', found: say('codat-quota.low', { remaining, limit }), ...mendable };
    }
    return { state: 'ok', found: say('codat-quota.ok', { remaining, limit }) };
  },
};

import 'server-only';
import { CannotTell, type Check, say } from './check';
import { askOwnConsumers } from './own-consumers';

/** Whether more than one consumer leads to this portal. */
export const webhookDuplicates: Check = {
  id: 'webhook-duplicates',
  group: 'webhooks',
  run: async (context) => {
    const own = await askOwnConsumers(context);
    if (own.length === 0) throw new CannotTell('consumer');
    if (own.length === 1) return { state: 'ok', found: say('webhook-duplicates.ok') };
    const canBeSorted = own.some(({ isRight }) => !isRight);
    return {
      state: 'warn',
      found: say('webhook-duplicates.twice', { count: own.length }),
      mend: say(canBeSorted ? 'webhook-duplicates.mendWrong' : 'webhook-duplicates.mend'),
      mender: canBeSorted ? 'api' : 'codat-portal',
    };
  },
};

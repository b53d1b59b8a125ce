import 'server-only';
import { type Check, say } from './check';
import { requireOwnConsumer } from './own-consumers';

/** Whether Codat sends the events of all companies. */
export const webhookFilter: Check = {
  id: 'webhook-filter',
  group: 'webhooks',
  run: async (context) => {
    const { companyTags } = await requireOwnConsumer(context);
    if (companyTags.length === 0) return { state: 'ok', found: say('webhook-filter.ok') };
    return {
      state: 'fail',
      found: say('webhook-filter.filtered', { tags: companyTags.join(', ') }),
      mend: say('webhook-filter.mend'),
      mender: 'api',
    };
  },
};

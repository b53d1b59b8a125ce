import 'server-only';
import { portalEventTypes } from '@/lib/webhooks/inbox/event-types';
import { type Check, say } from './check';
import { requireOwnConsumer } from './own-consumers';

/** Whether Codat sends every event type that the portal acts on. */
export const webhookEventTypes: Check = {
  id: 'webhook-event-types',
  group: 'webhooks',
  run: async (context) => {
    const { eventTypes, missingTypes } = await requireOwnConsumer(context);
    if (missingTypes.length === 0) {
      return {
        state: 'ok',
        found: say('webhook-event-types.ok', { count: portalEventTypes.length }),
      };
    }
    const mendable = { mend: say('webhook-event-types.mend'), mender: 'api' } as const;
    if (eventTypes.length === 0) {
      return { state: 'warn', found: say('webhook-event-types.every'), ...mendable };
    }
    const params = { count: missingTypes.length, names: missingTypes.join(', ') };
    return { state: 'fail', found: say('webhook-event-types.missing', params), ...mendable };
  },
};

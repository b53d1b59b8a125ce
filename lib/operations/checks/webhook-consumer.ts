import 'server-only';
import { webhookUrl } from '@/lib/webhooks/inbox/event-types';
import { type Check, say } from './check';
import { askOwnConsumers } from './own-consumers';
import { requireSetting } from './requirements';

/** Whether Codat sends webhooks to this portal. */
export const webhookConsumer: Check = {
  id: 'webhook-consumer',
  group: 'webhooks',
  run: async (context) => {
    const url = webhookUrl(requireSetting(context, 'APP_URL'));
    const own = await askOwnConsumers(context);
    if (own.some(({ disabled }) => !disabled)) {
      return { state: 'ok', found: say('webhook-consumer.ok', { url }) };
    }
    const missing = own.length === 0;
    return {
      state: 'fail',
      found: say(missing ? 'webhook-consumer.missing' : 'webhook-consumer.disabled', { url }),
      mend: say(missing ? 'webhook-consumer.mendMissing' : 'webhook-consumer.mendDisabled'),
      mender: 'api',
    };
  },
};

import 'server-only';
import type { WebhookConsumer } from '@/lib/codat/consumers';
import { portalEventTypes, webhookUrl } from '@/lib/webhooks/inbox/event-types';

/** A consumer with the portal's own address, and what it lacks. */
export type OwnConsumer = WebhookConsumer & { missingTypes: string[]; isRight: boolean };

/**
 * Picks out the consumers that lead to the portal and judges each; those of others are left out.
 * Right is: enabled, for all companies, and with every event type by name.
 */
export function judgeConsumers(consumers: WebhookConsumer[], appUrl: string): OwnConsumer[] {
  const own = new URL(webhookUrl(appUrl)).href;
  return consumers
    .filter(({ url }) => URL.canParse(url) && new URL(url).href === own)
    .map((consumer) => {
      const missingTypes = portalEventTypes.filter((type) => !consumer.eventTypes.includes(type));
      const isRight =
        !consumer.disabled && consumer.companyTags.length === 0 && missingTypes.length === 0;
      return { ...consumer, missingTypes, isRight };
    });
}

import { getDb } from '@/db/client';
import { webhookEvents, webhookIds } from '@/db/schema/webhooks';

/** A webhook event as the inbox holds it, without its delivery. @returns its ids. */
export async function makeEvent(
  values: Partial<typeof webhookEvents.$inferInsert> = {},
): Promise<{ id: string; webhookId: string }> {
  const webhookId = values.webhookId ?? `msg_${crypto.randomUUID()}`;
  await getDb().insert(webhookIds).values({ webhookId });
  const [made] = await getDb()
    .insert(webhookEvents)
    .values({
      eventType: 'connection.connected',
      payload: { eventType: 'connection.connected', payload: {} },
      ...values,
      webhookId,
    })
    .returning({ id: webhookEvents.id });
  return { id: String(made?.id), webhookId };
}

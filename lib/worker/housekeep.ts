import 'server-only';
import { lt, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { sessions, throttleHits } from '@/db/schema/people';
import { webhookIds } from '@/db/schema/webhooks';

/** Deletes what has had its time: old throttle counts, long-ended sessions, old webhook ids. */
export async function housekeep(): Promise<void> {
  const db = getDb();
  await db.delete(throttleHits).where(lt(throttleHits.windowStart, sql`now() - interval '2 days'`));
  await db.delete(sessions).where(lt(sessions.expiresAt, sql`now() - interval '90 days'`));
  // Codat can replay the messages of two weeks; 35 days leave room.
  await db.delete(webhookIds).where(
    sql`${webhookIds.lastReceivedAt} < now() - interval '60 days' and not exists (
      select from webhook_events where webhook_events.webhook_id = ${webhookIds.webhookId})`,
  );
}

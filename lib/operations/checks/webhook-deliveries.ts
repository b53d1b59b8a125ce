import 'server-only';
import { sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { type Check, say } from './check';
import { requireMigrated } from './requirements';

type Row = { last_ms: string | null; missed: number };

/** Changes count that a sweep of the last day found after the last webhook. */
async function ask(db: Db): Promise<{ at: number | null; missed: number }> {
  const { rows } = await db.execute<Row>(sql`
    with last as (select max(received_at) as at from webhook_events)
    select extract(epoch from last.at) * 1000 as last_ms,
      coalesce((select sum(missed_by_webhook)::int from sweeps
        where started_at > greatest(now() - interval '1 day', last.at)), 0) as missed
    from last`);
  const [row] = rows;
  return { at: row?.last_ms ? Number(row.last_ms) : null, missed: row?.missed ?? 0 };
}

/** When the last verified webhook came, and whether it should have been followed by others. */
export const webhookDeliveries: Check = {
  id: 'webhook-deliveries',
  group: 'webhooks',
  run: async (context) => {
    const { at, missed } = await ask(await requireMigrated(context));
    const mendable = { mend: say('webhook-deliveries.mend'), mender: 'codat-portal' } as const;
    if (missed > 0) {
      const found =
        at === null
          ? say('webhook-deliveries.missedNever', { count: missed })
          : say('webhook-deliveries.missed', { at, count: missed });
      return { state: 'fail', found, ...mendable };
    }
    if (at === null) return { state: 'warn', found: say('webhook-deliveries.never'), ...mendable };
    return { state: 'ok', found: say('webhook-deliveries.ok', { at }) };
  },
};

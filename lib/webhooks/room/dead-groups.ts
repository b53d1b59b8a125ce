import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { webhookEvents } from '@/db/schema/webhooks';
import { type Actor, can } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { causeOf, matchesFilter } from './event-filter';
import type { DeadGroup, EventFilter } from './schemas';

/** Of so many, the last ones, groups are made. */
const lookedAt = 10_000;
const mostGroups = 20;

/**
 * Dead letters that no one has settled, by why they failed, the largest group first.
 * @throws AppError `not-found` if the actor may not read webhooks.
 */
export async function listDeadGroups(actor: Actor, filter: EventFilter): Promise<DeadGroup[]> {
  if (!can(actor, 'webhooks:read')) throw new AppError('not-found', 'notFound');
  const which = and(eq(webhookEvents.state, 'dead'), await matchesFilter(filter));
  const { rows } = await getDb().execute<DeadGroup>(sql`
    select cause, "eventType", (array_agg(error order by at desc))[1] as error,
      count(*)::int as count, to_jsonb(min(at)) as "firstAt", to_jsonb(max(at)) as "lastAt"
    from (
      select ${causeOf} as cause, event_type as "eventType", coalesce(last_error, '') as error,
        received_at as at
      from webhook_events where ${which} order by received_at desc limit ${lookedAt}
    ) dead
    group by cause, "eventType" order by count(*) desc, max(at) desc limit ${mostGroups}`);
  return rows.map((row) => ({
    ...row,
    firstAt: new Date(row.firstAt).toISOString(),
    lastAt: new Date(row.lastAt).toISOString(),
  }));
}

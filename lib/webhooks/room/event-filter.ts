import 'server-only';
import { and, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { webhookEvents } from '@/db/schema/webhooks';
import { type Actor, can } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { countUpTo } from '@/lib/lists/count-up-to';
import { countedTo, endOfMinute, startOfMinute } from '@/lib/lists/schemas';
import { isUuid } from '@/lib/storable-text';
import { portalEventTypes } from '@/lib/webhooks/inbox/event-types';
import { type EventFilter, type EventState, eventStates } from './schemas';

/** The filter as a condition on `webhook_events`; undefined when it lets everything through. */
export async function matchesFilter(filter: EventFilter): Promise<SQL | undefined> {
  const [from, to] = [startOfMinute(filter.from, filter.zone), endOfMinute(filter.to, filter.zone)];
  return and(
    filter.type ? eq(webhookEvents.eventType, filter.type) : undefined,
    filter.webhook ? eq(webhookEvents.webhookId, filter.webhook) : undefined,
    filter.company ? eq(webhookEvents.codatCompanyId, await toCodatId(filter.company)) : undefined,
    from ? gte(webhookEvents.receivedAt, from) : undefined,
    to ? lt(webhookEvents.receivedAt, to) : undefined,
    filter.cause ? sql`${causeOf} = ${filter.cause}` : undefined,
  );
}

/**
 * Names why an event failed: its type, and its error without what differs from event to event. Reads
 * the row, so ask it only of dead letters and settled ones.
 */
export const causeOf = sql`left(md5(event_type || ' ' || regexp_replace(regexp_replace(
  coalesce(last_error, ''), '[0-9a-f]{8}-[0-9a-f-]{27}', '?', 'gi'), '[0-9]+', '#', 'g')), 12)`;

/** Which states can match: a cause is only looked for among what failed. */
const failedStates: EventState[] = ['dead', 'settled'];
export function statesOf(filter: EventFilter): readonly EventState[] {
  return filter.cause ? failedStates : eventStates;
}

/**
 * Events carry Codat's id, and only those that have been applied ours too: a company's events are
 * all found by the former.
 */
async function toCodatId(id: string): Promise<string> {
  if (!isUuid(id)) return id;
  const [company] = await getDb()
    .select({ codatCompanyId: companies.codatCompanyId })
    .from(companies)
    .where(eq(companies.id, id));
  return company?.codatCompanyId ?? id;
}

export type EventCounts = Record<EventState, number>;

/**
 * How many events of each state match, each counted up to `countedTo`.
 * @throws AppError `not-found` for who may not look at webhooks.
 */
export async function countEvents(actor: Actor, filter: EventFilter): Promise<EventCounts> {
  if (!can(actor, 'webhooks:read')) throw new AppError('not-found', 'notFound');
  const matching = await matchesFilter(filter);
  const counts = await Promise.all(
    eventStates.map(async (state) => {
      if (!statesOf(filter).includes(state)) return [state, 0] as const;
      const ofState = and(eq(webhookEvents.state, state), matching);
      return [state, await countUpTo(webhookEvents, ofState, countedTo)] as const;
    }),
  );
  return Object.fromEntries(counts) as EventCounts;
}

const mostTypes = 100;

/**
 * Every type that an event has had, and those that the portal acts on. Steps from one type to the
 * next on the index, so that it reads as many rows as there are types.
 */
export async function listEventTypes(): Promise<string[]> {
  const { rows } = await getDb().execute<{ type: string }>(sql`
    with recursive seen as (
      (select event_type as type from webhook_events order by event_type limit 1)
      union all
      select (select event_type from webhook_events where event_type > seen.type
              order by event_type limit 1)
      from seen where seen.type is not null
    )
    select type from seen where type is not null limit ${mostTypes}`);
  return [...new Set([...portalEventTypes, ...rows.map(({ type }) => type)])].sort();
}

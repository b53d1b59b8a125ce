import 'server-only';
import { and, eq } from 'drizzle-orm';
import { webhookEvents } from '@/db/schema/webhooks';
import { type Actor, can } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { countUpTo } from '@/lib/lists/count-up-to';
import { matchesFilter } from './event-filter';
import { countedTo, type EventFilter, type EventState, eventStates } from './schemas';

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
      const ofState = and(eq(webhookEvents.state, state), matching);
      return [state, await countUpTo(webhookEvents, ofState, countedTo)] as const;
    }),
  );
  return Object.fromEntries(counts) as EventCounts;
}

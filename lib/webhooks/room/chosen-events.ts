import 'server-only';
import { and, eq, inArray, type SQL } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { webhookEvents } from '@/db/schema/webhooks';
import { type Actor, can } from '@/lib/actor';
import { countTry } from '@/lib/auth/throttle';
import { AppError } from '@/lib/errors';
import { matchesFilter } from './event-filter';
import type { EventFilter, EventState } from './schemas';

/** The most that one press changes, so that its statement takes a second or two. */
export const mostAtOnce = 10_000;
/** Ids named in the audit log; the count is always whole. */
export const idsNamed = 50;

/** These events, or every dead letter that the filter lets through. */
export type Chosen = { ids: string[] } | { deadMatching: EventFilter };

/**
 * What an actor has chosen, as a condition, if they may change events.
 * @param states in which an event can be changed when it was chosen by its id.
 * @throws AppError `not-allowed`, `invalid` without a choice, or `throttled`.
 */
export async function requireChosen(
  actor: Actor,
  chosen: Chosen,
  states: EventState[],
): Promise<SQL | undefined> {
  if (!can(actor, 'webhooks:write')) throw new AppError('not-allowed', 'notAllowed');
  if ('ids' in chosen && chosen.ids.length === 0) throw new AppError('invalid', 'nothingSelected');
  await countTry(getDb(), [
    { key: `webhook-reprocess:${actor.userId}`, limit: 60, windowSeconds: 300 },
  ]);
  if ('deadMatching' in chosen) {
    return and(eq(webhookEvents.state, 'dead'), await matchesFilter(chosen.deadMatching));
  }
  return and(
    inArray(webhookEvents.id, chosen.ids.map(Number)),
    inArray(webhookEvents.state, states),
  );
}

/** What the filter said, for the audit log. */
export function filterOf(chosen: Chosen): Record<string, string> {
  if ('ids' in chosen) return {};
  const set = Object.entries(chosen.deadMatching).filter(([, value]) => value !== '');
  return { state: 'dead', ...Object.fromEntries(set) };
}

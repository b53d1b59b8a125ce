import 'server-only';
import { and, desc, gt, max, sql } from 'drizzle-orm';
import { type Executor, getDb } from '@/db/client';
import { sweeps } from '@/db/schema/sync';
import { webhookEvents, webhookIds } from '@/db/schema/webhooks';

const hourMs = 3_600_000;
/** Silence of a day is odd wherever anything happens at all; of less than an hour it never is. */
const longestMs = 24 * hourMs;
const shortestMs = hourMs;
/** How many of the last events say what gap is usual, and how many are needed to say anything. */
const eventsAsked = 200;
const eventsNeeded = 20;

/** Whether webhooks have stopped while Codat still has changes. Times are ISO-8601. */
export type WebhookHealth = {
  silent: boolean;
  /** When the last verified event was received; null when none ever was. */
  lastEventAt: string | null;
  /** Silence for longer than this is unusual here. */
  unusualAfterMs: number;
  /** Differences that sweeps started since have found and no event had reported. */
  missed: number;
};

/**
 * Webhooks are silent when no verified event has arrived for longer than three times the usual gap (at
 * least an hour, at most a day), and sweeps that started since have found changes that an event
 * should have reported. Quiet is not enough for an alarm: perhaps nothing happened.
 * @param now the current time; only tests pass another.
 */
export async function getWebhookHealth(
  db: Executor = getDb(),
  now = new Date(),
): Promise<WebhookHealth> {
  const gaps = await usualGap(db);
  const since = gaps.lastAt ?? new Date(0);
  const [row] = await db
    .select({
      missed: sql<number>`coalesce(sum(${sweeps.missedByWebhook}), 0)::int`,
      firstAt: sql<string | null>`min(${sweeps.startedAt})`,
    })
    .from(sweeps)
    .where(and(gt(sweeps.startedAt, since)));
  const missed = row?.missed ?? 0;
  // If none ever arrived, the first sweep is when listening started.
  const quietFrom = gaps.lastAt ?? (row?.firstAt ? new Date(row.firstAt) : now);
  return {
    silent: missed > 0 && now.getTime() - quietFrom.getTime() > gaps.unusualAfterMs,
    lastEventAt: gaps.lastAt?.toISOString() ?? null,
    unusualAfterMs: gaps.unusualAfterMs,
    missed,
  };
}

/** When the last event arrived of those that are deleted by now; their ids are kept for longer. */
async function lastOfDeleted(db: Executor): Promise<Date | null> {
  const [row] = await db.select({ at: max(webhookIds.lastReceivedAt) }).from(webhookIds);
  return row?.at ?? null;
}

async function usualGap(db: Executor): Promise<{ lastAt: Date | null; unusualAfterMs: number }> {
  const rows = await db
    .select({ at: webhookEvents.receivedAt })
    .from(webhookEvents)
    .orderBy(desc(webhookEvents.receivedAt), desc(webhookEvents.id))
    .limit(eventsAsked);
  const times = rows.map(({ at }) => at.getTime());
  const lastAt = rows[0]?.at ?? (await lastOfDeleted(db));
  if (times.length === 0) return { lastAt, unusualAfterMs: shortestMs };
  if (times.length < eventsNeeded) return { lastAt, unusualAfterMs: longestMs };
  const gaps = times
    .slice(1)
    .map((time, i) => (times[i] ?? time) - time)
    .sort((a, b) => a - b);
  // Nineteen gaps of twenty are shorter: nights count, one long weekend does not.
  const usual = gaps[Math.floor(gaps.length * 0.95)] ?? longestMs;
  return { lastAt, unusualAfterMs: Math.min(longestMs, Math.max(shortestMs, 3 * usual)) };
}

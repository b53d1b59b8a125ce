import 'server-only';
import { createHash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { throttleHits } from '@/db/schema/people';
import { AppError, waitParams } from '@/lib/errors';
import type { ErrorKey } from '@/messages/areas';

/**
 * At most `limit` tries per `windowSeconds` for what `key` names. Keys are stored hashed.
 * `messageKey` names the text for one try too many; it takes `minutes` and `hours`.
 */
export type Throttle = {
  key: string;
  limit: number;
  windowSeconds: number;
  messageKey?: ErrorKey;
};

/** Tries that were counted: how many each throttle now holds, and how to take them back. */
export type Counted = { hits: number[]; takeBack: () => Promise<void> };

type Place = { key: string; windowStart: Date };

/**
 * Counts one try against each throttle, in order. Count before the costly check and give back when
 * it went well: then parallel tries cannot pass a limit together. A refused try counts nowhere.
 * @throws AppError `throttled` when one of them is exhausted.
 */
export async function countTry(db: Executor, throttles: Throttle[]): Promise<Counted> {
  const places: Place[] = [];
  const hits: number[] = [];
  const takeBack = () => uncount(db, places);
  for (const throttle of throttles) {
    const windowMs = throttle.windowSeconds * 1000;
    const windowStart = new Date(Math.floor(Date.now() / windowMs) * windowMs);
    const place = { key: hashKey(throttle.key), windowStart };
    const count = await countOnce(db, place, throttle.limit);
    if (count === null) {
      await takeBack();
      throw tooMany(windowStart.getTime() + windowMs - Date.now(), throttle.messageKey);
    }
    places.push(place);
    hits.push(count);
  }
  return { hits, takeBack };
}

function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

/** The count with this try in it; null, and nothing counted, at the limit. */
async function countOnce(db: Executor, place: Place, limit: number): Promise<number | null> {
  const [row] = await db
    .insert(throttleHits)
    .values({ ...place, hits: 1 })
    .onConflictDoUpdate({
      target: [throttleHits.key, throttleHits.windowStart],
      set: { hits: sql`${throttleHits.hits} + 1` },
      setWhere: sql`${throttleHits.hits} < ${limit}`,
    })
    .returning({ hits: throttleHits.hits });
  return row?.hits ?? null;
}

async function uncount(db: Executor, places: Place[]): Promise<void> {
  for (const { key, windowStart } of places) {
    await db
      .update(throttleHits)
      .set({ hits: sql`greatest(${throttleHits.hits} - 1, 0)` })
      .where(and(eq(throttleHits.key, key), eq(throttleHits.windowStart, windowStart)));
  }
}

function tooMany(waitMs: number, messageKey: ErrorKey = 'tooManyAttempts'): AppError {
  return new AppError('throttled', messageKey, { params: waitParams(waitMs) });
}

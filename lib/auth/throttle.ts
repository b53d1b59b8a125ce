import 'server-only';
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { throttleHits } from '@/db/schema/people';
import { AppError } from '@/lib/errors';

/** At most `limit` tries per `windowSeconds` for what `key` names. Keys are stored hashed. */
export type Throttle = { key: string; limit: number; windowSeconds: number };

/**
 * Counts one try against each throttle.
 * @throws AppError `throttled` when one of them is used up.
 */
export async function countTry(db: Executor, throttles: Throttle[]): Promise<void> {
  for (const { key, limit, windowSeconds } of throttles) {
    const windowMs = windowSeconds * 1000;
    const windowStart = new Date(Math.floor(Date.now() / windowMs) * windowMs);
    const [row] = await db
      .insert(throttleHits)
      .values({ key: createHash('sha256').update(key).digest('base64url'), windowStart, hits: 1 })
      .onConflictDoUpdate({
        target: [throttleHits.key, throttleHits.windowStart],
        set: { hits: sql`${throttleHits.hits} + 1` },
      })
      .returning({ hits: throttleHits.hits });
    if (row && row.hits > limit) {
      const minutes = Math.max(
        1,
        Math.ceil((windowStart.getTime() + windowMs - Date.now()) / 60_000),
      );
      throw new AppError('throttled', 'tooManyAttempts', { params: { minutes } });
    }
  }
}

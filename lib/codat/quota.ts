import 'server-only';
import { sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { codatQuota } from '@/db/schema/codat';
import { logger } from '@/lib/runtime/logger';
import { toDate } from './transform';

export type Quota = { dailyLimit: number; remaining: number; resetAt: Date | null };

const writeEveryMs = 5000;
let lastWriteAt = 0;

/** Reads Codat's `X-Rate-Limit-*` headers; null when they are missing or unreadable. */
export function parseQuota(headers: Headers): Quota | null {
  const [limit, left] = [headers.get('x-rate-limit-limit'), headers.get('x-rate-limit-remaining')];
  if (!limit || !left || !/^\d{1,12}$/.test(limit) || !/^\d{1,12}$/.test(left)) return null;
  const resetAt = toDate(headers.get('x-rate-limit-reset'));
  return { dailyLimit: Number(limit), remaining: Number(left), resetAt };
}

/** Keeps what an answer said about the quota, at most every few seconds. Never fails a call. */
export function noteQuota(headers: Headers): void {
  const quota = parseQuota(headers);
  if (!quota || Date.now() - lastWriteAt < writeEveryMs) return;
  lastWriteAt = Date.now();
  const values = { ...quota, seenAt: sql`now()` };
  getDb()
    .insert(codatQuota)
    .values({ id: 1, ...values })
    .onConflictDoUpdate({ target: codatQuota.id, set: values })
    .catch((error: unknown) => logger.warn({ err: error }, 'the quota could not be recorded'));
}

/** What Codat last said of today's quota; null before the first answer. */
export async function getQuota(): Promise<Quota | null> {
  const [row] = await getDb().select().from(codatQuota);
  if (row?.dailyLimit == null || row.remaining == null) return null;
  return { dailyLimit: row.dailyLimit, remaining: row.remaining, resetAt: row.resetAt };
}

import { toDate } from './transform';

/** When a quota is whole again: at a time, or so long after the answer. */
export type Reset = { at: Date } | { inMs: number };

/** What an answer says of today's calls. Without a readable reset it is the next 00:00 UTC. */
export type Quota = { dailyLimit: number; remaining: number; reset: Reset | null };

/** Reads Codat's `X-Rate-Limit-*` headers; null when they are missing or unreadable. */
export function parseQuota(headers: Headers): Quota | null {
  const [limit, left] = [headers.get('x-rate-limit-limit'), headers.get('x-rate-limit-remaining')];
  if (!limit || !left || !/^\d{1,12}$/.test(limit) || !/^\d{1,12}$/.test(left)) return null;
  const reset = parseReset(headers.get('x-rate-limit-reset'));
  return { dailyLimit: Number(limit), remaining: Number(left), reset };
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Codat calls `X-Rate-Limit-Reset` "the date" and shows none: an ISO or an HTTP date, seconds or
 * milliseconds since 1970, or seconds from now. Null when it is none of them.
 */
export function parseReset(header: string | null): Reset | null {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return resetOfNumber(Number(text));
  const at = /^\d{4}-/.test(text) ? toDate(text) : httpDate(text);
  return at && !Number.isNaN(at.getTime()) ? { at } : null;
}

/** No two readings of one number are both within two days of today. */
function resetOfNumber(value: number): Reset | null {
  if (value * 1000 <= 2 * dayMs) return { inMs: value * 1000 };
  if (value >= 1e9 && value < 1e11) return { at: new Date(value * 1000) };
  if (value >= 1e12 && value < 1e14) return { at: new Date(value) };
  return null;
}

/** `Date.parse` takes far more, e.g. `5` for the first of May. */
function httpDate(text: string): Date | null {
  return /^[a-z]{3,9},? .*\d{2}:\d{2}:\d{2}/i.test(text) ? new Date(text) : null;
}

/** Longer than any quota lasts: a mistake in a header is found out within a day. */
const longestWaitMs = 25 * 60 * 60 * 1000;

/**
 * `Retry-After` in milliseconds from the answer; seconds or a date, which is held against the
 * answer's own `Date`, so that our clock doesn't matter. Null when absent or unreadable.
 */
export function retryAfterMs(headers: Headers, now = Date.now()): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(longestWaitMs, Math.ceil(Number(text) * 1000));
  const until = parseReset(text);
  if (!until || !('at' in until)) return null;
  const answeredAt = httpDate(headers.get('date') ?? '')?.getTime() ?? now;
  return Math.min(longestWaitMs, Math.max(0, until.at.getTime() - answeredAt));
}

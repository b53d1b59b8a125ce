import { ApiError } from '@/sandbox/errors/api-error';
import type { Settings } from '@/sandbox/settings';
import { toSecondsIso } from '@/sandbox/timestamps';
import { emitEvent } from '@/sandbox/webhooks/emit-event';
import type { World } from '@/sandbox/world';

const DAY_MS = 24 * 60 * 60 * 1000;
const REQUESTS_PER_COMPANY = 1000;

interface Quota {
  limit: number;
  remaining: number;
  /** Real time of the next UTC midnight of the movable clock. */
  resetMs: number;
}

function today(world: World): string {
  return new Date(world.now()).toISOString().slice(0, 10);
}

/** 1,000 × (1 + companies with a linked connection), unless the settings say otherwise. */
function dailyLimit(world: World): number {
  const { dailyQuota } = world.settings.current();
  if (dailyQuota !== null) return dailyQuota;
  const active = world.store.get<{ n: number }>(
    `SELECT COUNT(DISTINCT company_id) AS n FROM connections WHERE status = 'Linked'`,
  );
  return REQUESTS_PER_COMPANY * (1 + (active?.n ?? 0));
}

/** Today's current quota. */
export function readQuota(world: World): Quota {
  const used =
    world.store.get<{ used: number }>('SELECT used FROM quota WHERE day = ?', today(world))?.used ??
    0;
  const limit = dailyLimit(world);
  const untilMidnightMs = DAY_MS - (((world.now() % DAY_MS) + DAY_MS) % DAY_MS);
  return {
    limit,
    remaining: Math.max(limit - used, 0),
    resetMs: world.realNow() + untilMidnightMs,
  };
}

/** When the quota is whole again, in the form that the settings ask for; null: not told. */
function printReset(world: World, resetMs: number): string | null {
  const forms: Record<Settings['rateLimitReset'], string | null> = {
    iso: toSecondsIso(resetMs),
    httpDate: new Date(resetMs).toUTCString(),
    epochSeconds: String(Math.floor(resetMs / 1000)),
    epochMilliseconds: String(resetMs),
    absent: null,
  };
  return forms[world.settings.current().rateLimitReset];
}

/** The headers that every answer carries. */
export function quotaHeaders(world: World): Record<string, string> {
  const { limit, remaining, resetMs } = readQuota(world);
  const reset = printReset(world, resetMs);
  return {
    'X-Rate-Limit-Limit': String(limit),
    'X-Rate-Limit-Remaining': String(remaining),
    ...(reset !== null && { 'X-Rate-Limit-Reset': reset }),
  };
}

function announceQuota(
  world: World,
  eventType: string,
  { limit, remaining, resetMs }: Quota,
): void {
  emitEvent(world, {
    eventType,
    company: null,
    payload: { dailyQuota: limit, quotaRemaining: remaining, expiryDate: toSecondsIso(resetMs) },
  });
}

/** Counts one request; throws 429 with `Retry-After` when the day's quota is used up. */
export function spendQuota(world: World): void {
  const quota = readQuota(world);
  const day = today(world);
  if (quota.remaining > 0) {
    world.store.run(
      'INSERT INTO quota (day, used) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET used = used + 1',
      day,
    );
    return;
  }
  const isFirst =
    world.store.run(
      `INSERT INTO quota (day, used, reached) VALUES (?, 0, 1)
       ON CONFLICT (day) DO UPDATE SET reached = 1 WHERE reached = 0`,
      day,
    ) > 0;
  if (isFirst) announceQuota(world, 'client.rateLimit.reached', quota);
  const retryAfter =
    world.settings.current().retryAfter === 'httpDate'
      ? new Date(quota.resetMs).toUTCString()
      : String(Math.ceil((quota.resetMs - world.realNow()) / 1000));
  throw new ApiError(429, null, { headers: { 'Retry-After': retryAfter } });
}

/** Once the day after a quota was used up has begun, says so. */
export function announceQuotaReset(world: World): void {
  const ended = world.store.run(
    'UPDATE quota SET reached = 2 WHERE reached = 1 AND day < ?',
    today(world),
  );
  if (ended > 0) announceQuota(world, 'client.rateLimit.reset', readQuota(world));
}

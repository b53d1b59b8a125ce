import type { Quota } from '@/lib/codat/quota';

/** The part of the daily quota that sweeps may use, and what they always leave to others. */
const share = 0.1;
const reserve = 0.2;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * How long to wait before the next page, so that sweeps use at most their share of the quota that
 * Codat announces, and nothing once little is left before the reset.
 */
export function pauseBetweenPagesMs(quota: Quota | null, now: Date): number {
  if (!quota) return 1000;
  const perPageMs = Math.ceil(dayMs / Math.max(1, quota.dailyLimit * share));
  if (quota.remaining >= quota.dailyLimit * reserve) return perPageMs;
  const untilResetMs = (quota.resetAt?.getTime() ?? 0) - now.getTime();
  return Math.max(perPageMs, Math.min(untilResetMs, dayMs));
}

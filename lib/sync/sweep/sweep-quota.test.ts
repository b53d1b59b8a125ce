import { expect, it } from 'vitest';
import { pauseBetweenPagesMs } from './sweep-quota';

const now = new Date('2026-11-22T20:00:00Z');
const resetAt = new Date('2026-11-23T00:00:00Z');

it('keeps to a tenth of the quota', () => {
  const quota = { dailyLimit: 101_000, remaining: 90_000, resetAt };
  const pagesPerDay = (24 * 60 * 60 * 1000) / pauseBetweenPagesMs(quota, now);
  expect(pagesPerDay).toBeLessThanOrEqual(10_100);
  expect(pagesPerDay).toBeGreaterThan(10_000);
});

it('leaves the last fifth of the day to others', () => {
  const quota = { dailyLimit: 1000, remaining: 199, resetAt };
  expect(pauseBetweenPagesMs(quota, now)).toBe(4 * 60 * 60 * 1000);
});

it('goes slowly while it knows nothing, and survives a reset in the past', () => {
  expect(pauseBetweenPagesMs(null, now)).toBe(1000);
  const stale = { dailyLimit: 1000, remaining: 0, resetAt: new Date(0) };
  expect(pauseBetweenPagesMs(stale, now)).toBe(864_000);
});

import { expect, it } from 'vitest';
import { parseQuota, parseReset, retryAfterMs } from './quota';

const midnight = new Date('2026-11-29T00:00:00Z');

it.each([
  ['an ISO date', '2026-11-29T00:00:00Z', { at: midnight }],
  ['one without an offset', '2026-11-29T00:00:00.0000000', { at: midnight }],
  ['an HTTP date', 'Sun, 29 Nov 2026 00:00:00 GMT', { at: midnight }],
  ['seconds since 1970', '1795910400', { at: midnight }],
  ['milliseconds since 1970', '1795910400000', { at: midnight }],
  ['seconds from now', '3600', { inMs: 3_600_000 }],
  ['nothing from now', '0', { inMs: 0 }],
  ['words', 'tomorrow', null],
  ['a number of no kind', '99999999', null],
  ['a negative number', '-5', null],
  ['a time of day', '5:00', null],
  ['nothing', null, null],
  ['an empty text', '', null],
])('reads a reset from %s', (_name, header, reset) => {
  expect(parseReset(header)).toEqual(reset);
});

it('reads a quota without a readable reset', () => {
  const headers = new Headers({ 'x-rate-limit-limit': '1000', 'x-rate-limit-remaining': '7' });
  expect(parseQuota(headers)).toEqual({ dailyLimit: 1000, remaining: 7, reset: null });
  headers.set('x-rate-limit-remaining', 'many');
  expect(parseQuota(headers)).toBeNull();
});

it('reads Retry-After by the clock of the answer, whatever ours says', () => {
  const wait = (retryAfter: string, date?: string) =>
    retryAfterMs(
      new Headers({ 'retry-after': retryAfter, ...(date && { date }) }),
      midnight.getTime() - 1_000_000,
    );
  expect(wait('36000')).toBe(36_000_000);
  expect(wait('0.5')).toBe(500);
  const [from, to] = ['Sat, 28 Nov 2026 23:00:00 GMT', 'Sun, 29 Nov 2026 00:00:00 GMT'];
  expect(wait(to, from)).toBe(3_600_000);
  expect(wait('2026-11-29T00:00:00Z', from)).toBe(3_600_000);
  expect(wait(to)).toBe(1_000_000);
  expect(wait(from, to)).toBe(0);
  expect(wait('soon')).toBeNull();
  expect(wait('99999999')).toBe(90_000_000);
  expect(retryAfterMs(new Headers())).toBeNull();
});

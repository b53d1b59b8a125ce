import { describe, expect, test } from 'vitest';
import { relativeText, utcText } from './time-text';

const now = Date.parse('2026-11-03T14:05:00Z');
const ago = (ms: number) => relativeText(new Date(now - ms), now, 'just now');

describe('relativeText', () => {
  test.each([
    [0, 'just now'],
    [44_000, 'just now'],
    [-30_000, 'just now'],
    [60_000, '1 minute ago'],
    [119_000, '2 minutes ago'],
    [3 * 3_600_000, '3 hours ago'],
    [2 * 86_400_000, '2 days ago'],
    [-5 * 60_000, 'in 5 minutes'],
  ])('%d ms', (ms, text) => expect(ago(ms)).toBe(text));

  test('leaves what is more than a week away to a date', () => {
    expect(ago(8 * 86_400_000)).toBeNull();
  });
});

test('utcText is the same everywhere', () => {
  const at = new Date('2026-01-09T03:04:59Z');
  expect(utcText(at, 'moment')).toBe('9 Jan 2026, 03:04 UTC');
  expect(utcText(at, 'second')).toBe('9 Jan 2026, 03:04:59 UTC');
  expect(utcText(at, 'day')).toBe('9 Jan 2026');
});

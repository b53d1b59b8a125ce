import { describe, expect, test } from 'vitest';
import { relativeText, utcText, zonedText } from './time-text';

const nowMs = Date.parse('2026-11-03T14:05:00Z');
const ago = (ms: number, tag = 'en-GB') =>
  relativeText(new Date(nowMs - ms), { nowMs, justNow: 'just now', tag });

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

  test('in the language of the reader', () => {
    expect(ago(2 * 86_400_000, 'fr-x-pseudo')).toBe('il y a 2 jours');
  });
});

const at = new Date('2026-01-09T03:04:59Z');

test('utcText names its zone', () => {
  const text = (style: 'moment' | 'second' | 'day', tag = 'en-GB') => utcText(at, { style, tag });
  expect(text('moment')).toBe('9 Jan 2026, 03:04 UTC');
  expect(text('second')).toBe('9 Jan 2026, 03:04:59 UTC');
  expect(text('day')).toBe('9 Jan 2026');
  expect(text('moment', 'fr-x-pseudo')).toBe('9 janv. 2026, 03:04 UTC');
});

test('zonedText names the zone of the reader, and the time of a day too', () => {
  const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  expect(zonedText(at, { style: 'day', tag: 'en-GB' })).toMatch(
    new RegExp(`^\\d+ Jan 2026, \\d\\d:04 ${zone?.replace('+', '\\\\+')}$`),
  );
});

import { describe, expect, it } from 'vitest';
import { auditListSchema } from '@/lib/audit/log/schemas';
import { companyListSchema } from '@/lib/companies/list/schemas';
import { changeListSchema } from '@/lib/connections/schemas';
import { eventListSchema } from '@/lib/webhooks/room/schemas';
import { endOfMinute, startOfMinute } from './schemas';
import { dayAfter, dayIn, endOfDay, instantOf, isZone, startOfDay } from './zoned-time';

it.each([
  ['2026-11-28T23:33', 'Australia/Sydney', '2026-11-28T12:33:00Z'],
  ['2026-11-28T23:33', 'UTC', '2026-11-28T23:33:00Z'],
  ['2026-07-01T00:00', 'America/New_York', '2026-07-01T04:00:00Z'],
  ['2026-01-01T00:00', 'Asia/Kathmandu', '2025-12-31T18:15:00Z'],
  ['2026-01-01T12:00', 'Pacific/Kiritimati', '2025-12-31T22:00:00Z'],
  // The clocks of Berlin go from 2:00 to 3:00, and from 3:00 back to 2:00.
  ['2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59:00Z'],
  ['2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['2026-10-25T01:59', 'Europe/Berlin', '2026-10-24T23:59:00Z'],
  ['2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00:00Z'],
])('%s in %s is %s', (local, zone, instant) => {
  expect(instantOf(local, zone)).toEqual(new Date(instant));
});

it('knows days that are shorter or longer than others', () => {
  const hours = (day: string) =>
    (endOfDay(day, 'Europe/Berlin').getTime() - startOfDay(day, 'Europe/Berlin').getTime()) /
    3_600_000;
  expect([hours('2026-03-28'), hours('2026-03-29'), hours('2026-10-25')]).toEqual([24, 23, 25]);
  expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
  expect(dayAfter('2026-03-01', -1)).toBe('2026-02-28');
  const late = new Date('2026-11-28T12:33:00Z');
  expect([dayIn('UTC', late), dayIn('Pacific/Auckland', late)]).toEqual([
    '2026-11-28',
    '2026-11-29',
  ]);
});

it('takes the minute that was typed in whole', () => {
  expect(startOfMinute('2026-11-28T23:33', 'Australia/Sydney')?.toISOString()).toBe(
    '2026-11-28T12:33:00.000Z',
  );
  expect(endOfMinute('2026-11-28T23:33', 'Australia/Sydney')?.toISOString()).toBe(
    '2026-11-28T12:34:00.000Z',
  );
  expect(startOfMinute('', 'Australia/Sydney')).toBeNull();
});

describe('the zone in an address', () => {
  it.each([
    ['Europe/Berlin', true],
    ['America/Argentina/Buenos_Aires', true],
    ['Etc/GMT+3', true],
    ['UTC', true],
    ['Europe/Atlantis', false],
    ["UTC'; drop table users", false],
    ['../../etc/localtime', false],
    ['+02:00', false],
    ['', false],
    [`Europe/${'x'.repeat(70)}`, false],
  ])('%s: %s', (name, isOne) => {
    expect(isZone(name)).toBe(isOne);
    for (const schema of [auditListSchema, companyListSchema, changeListSchema, eventListSchema]) {
      expect(schema.parse({ zone: name }).zone).toBe(isOne ? name : undefined);
    }
  });
});

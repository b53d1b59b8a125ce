import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { webhookEvents } from '@/db/schema/webhooks';
import { beyond } from '@/lib/lists/time-cursor';
import { explain } from '@/testing/explain';
import { matchesFilter } from './event-filter';
import { eventPage } from './list-events';
import { eventListSchema } from './schemas';

const order = { at: webhookEvents.receivedAt, id: webhookEvents.id };
const companyId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
/** More than this a page of 25 has no reason to touch. */
const mostPages = 600;

/** Two months: 100,000 events of 5,000 companies, of which a few are dead, waiting or ignored. */
beforeAll(async () => {
  const db = getDb();
  // In parts: a statement has seven seconds, also on a busy machine.
  for (let from = 1; from < 100_000; from += 10_000) {
    await db.execute(sql`
      insert into webhook_events
        (webhook_id, event_type, codat_company_id, received_at, state, payload)
      select 'plan-' || n,
        (array['read.completed', 'connection.connected', 'connection.created', 'plan.rare'])[
          case when n % 1000 = 0 then 4 when n % 10 = 0 then 3 when n % 5 = 0 then 2 else 1 end],
        '00000000-0000-4000-8000-' || lpad((n % 5000)::text, 12, '0'),
        now() - (100000 - n) * interval '52 seconds',
        (array['processed', 'dead', 'pending', 'unmatched', 'ignored'])[
          case n % 1000 when 1 then 2 when 2 then 3 when 3 then 4 when 4 then 5 else 1 end],
        '{}' from generate_series(${from}::int, ${from}::int + 9999) as n`);
  }
  // What earlier suites deleted lies where the newest events are, until it is vacuumed away.
  await db.execute(sql`vacuum analyze webhook_events`);
}, 120_000);

afterAll(() => getDb().execute(sql`delete from webhook_events where webhook_id like 'plan-%'`));

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 16);
const filters: Record<string, Record<string, string>> = {
  nothing: {},
  'dead letters': { state: 'dead' },
  'the most common state': { state: 'processed' },
  'a common type': { type: 'read.completed' },
  'a rare type': { type: 'plan.rare' },
  'a type that never was': { type: 'plan.none' },
  'a company': { company: companyId(4321) },
  'a company that nobody knows': { company: companyId(999_999) },
  'one id': { webhook: 'plan-777' },
  'a day': { from: day(31), to: day(30) },
  'dead letters of a day': { state: 'dead', from: day(31), to: day(30) },
  'a rare type in a rare state': { type: 'plan.rare', state: 'dead' },
  'a company in a rare state': { company: companyId(1), state: 'dead' },
  'a common type of a company, in a day': {
    company: companyId(4321),
    type: 'read.completed',
    from: day(31),
    to: day(30),
  },
};

describe('with 100,000 events', () => {
  for (const [name, values] of Object.entries(filters)) {
    it(`reads little for ${name}: first page, deep pages, and back`, async () => {
      const input = eventListSchema.parse(values);
      const matching = and(
        input.state && eq(webhookEvents.state, input.state),
        await matchesFilter(input),
      );
      const deep = { micros: String((Date.now() - 55 * 86_400_000) * 1000), id: '1' };
      for (const [backwards, place] of [
        [false, undefined],
        [false, beyond(order, '<', deep)],
        [true, beyond(order, '>', deep)],
      ] as const) {
        const { scannedTables, pages, plan } = await explain(
          eventPage(and(matching, place), backwards, 26),
        );
        expect(scannedTables, plan).toEqual([]);
        expect(pages, plan).toBeLessThan(mostPages);
      }
    });
  }
});

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { captureQueries } from '@/testing/capture-queries';
import { explain } from '@/testing/explain';
import { makeCustomer } from '@/testing/make-customer';
import { makeOwnDatabase } from '@/testing/own-database';
import { listTimelineKeys } from './timeline-keys';
import { timelineFilters } from './timeline-schemas';

/** Rows of each kind: a company's history of years, beside those of a hundred others. */
const ofOne = 10_000;
const ofOthers = 1_000;
/** More than this no page of 20 has a reason to touch. */
const mostPages = 1_000;

const bigTables = ['connection_status_changes', 'webhook_events', 'audit_entries', 'link_sessions'];
const dropDatabase = await makeOwnDatabase('timeline_plans');
let companyId: string;

async function addHistory(count: number): Promise<string> {
  const customer = await makeCustomer();
  const db = getDb();
  const one = { company: customer.companyId, user: customer.actor.userId };
  const at = sql`now() - n * interval '1 hour'`;
  await db.execute(sql`
    insert into connections (id, company_id, platform_name, source_type, status)
    values (${one.company}, ${one.company}, 'Plan', 'Accounting', 'Linked')`);
  await db.execute(sql`
    insert into connection_status_changes
      (company_id, connection_id, to_status, source, webhook_id, occurred_at, recorded_at)
    select ${one.company}, ${one.company}, 'Linked', 'sweep',
      case when n % 2 = 0 then ${one.company} || n end, ${at}, ${at}
    from generate_series(1, ${count}::int) n`);
  await db.execute(sql`
    insert into webhook_events (webhook_id, event_type, company_id, state, payload, received_at)
    select ${one.company} || n, 'read.completed', ${one.company}, 'processed', '{}', ${at}
    from generate_series(1, ${count}::int) n`);
  await db.execute(sql`
    insert into audit_entries (at, actor_kind, actor_name, action, company_id, detail)
    select ${at}, case when n % 2 = 0 then 'person' else 'system' end, 'plan', 'company.reread',
      ${one.company}, '{}' from generate_series(1, ${count}::int) n`);
  await db.execute(sql`
    insert into link_sessions (state_hash, company_id, user_id, started_as, started_at, expires_at)
    select ${one.company} || n, ${one.company}, ${one.user},
      case when n % 2 = 0 then 'member' else 'staff' end, ${at}, ${at}
    from generate_series(1, ${count}::int) n`);
  return one.company;
}

beforeAll(async () => {
  companyId = await addHistory(ofOne);
  for (let other = 0; other < 100; other += 1) await addHistory(ofOthers);
  await getDb().execute(sql`analyze`);
}, 120_000);

afterAll(async () => {
  await getDb().$client.end();
  await dropDatabase();
});

describe('of a history of 40,000 entries', () => {
  for (const filter of timelineFilters) {
    it(`a page of "${filter}" is read from indexes, at the start and deep in it`, async () => {
      const at = String((Date.now() - (ofOne / 2) * 3_600_000) * 1000);
      for (const cursor of [null, { kind: 'webhook', id: '1', at } as const]) {
        const queries = await captureQueries(() => listTimelineKeys(companyId, filter, cursor, 21));
        expect(queries).toHaveLength(1);
        for (const query of queries) {
          const { scannedTables, pages, plan } = await explain(query);
          expect(
            scannedTables.filter((table) => bigTables.includes(table)),
            plan,
          ).toEqual([]);
          expect(pages, plan).toBeLessThan(mostPages);
        }
      }
    });
  }
});

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { addManyCompanies } from '@/db/seed/many-companies';
import { countKinds, countOfKind } from '@/lib/companies/list/count-kinds';
import { listCompanies } from '@/lib/companies/list/list-companies';
import { companyListSchema } from '@/lib/companies/list/schemas';
import { attentionStates } from '@/lib/companies/types';
import { listChanges } from '@/lib/connections/list-changes';
import { listConnections } from '@/lib/connections/list-connections';
import { changeListSchema, connectionListSchema } from '@/lib/connections/schemas';
import { readFigures } from '@/lib/operations/metrics/read-figures';
import { rollUpMissing } from '@/lib/sync/roll-up';
import { listDeadGroups } from '@/lib/webhooks/room/dead-groups';
import { countEvents } from '@/lib/webhooks/room/event-filter';
import { eventFilterSchema } from '@/lib/webhooks/room/schemas';
import { makeOperator } from '@/testing/make-customer';
import { makeOwnDatabase } from '@/testing/own-database';
import { getOverview } from './get-overview';
import type { Overview } from './types';

/* Every number that staff see in one room is the same in every other, and what the tables hold. */

let dropDatabase: () => Promise<void>;
let overview: Overview;
let staff: Awaited<ReturnType<typeof makeOperator>>;

beforeAll(async () => {
  dropDatabase = await makeOwnDatabase('rooms');
  const db = getDb();
  // More than any list used to count.
  await addManyCompanies(db, 4000, rollUpMissing);
  await db.execute(sql`
    insert into connection_status_changes
      (company_id, connection_id, from_status, to_status, source, occurred_at)
    select company_id, id, from_status, to_status, 'read', now()
    from (select company_id, id from connections limit 1200) c,
      (values ('Linked', 'Deauthorized'), ('Deauthorized', 'Linked')) as t (from_status, to_status)`);
  await db.execute(sql`
    insert into webhook_events (webhook_id, event_type, payload, state, last_error)
    select state || n, 'connection.connected', '{}', state, 'row ' || n || ' is gone'
    from unnest('{dead,settled,processed,ignored,unmatched,pending}'::text[]) as state,
      generate_series(1, 1500) as n`);
  staff = await makeOperator('support');
  overview = await getOverview(staff);
}, 120_000);
afterAll(async () => {
  await getDb().$client.end();
  await dropDatabase();
});

async function countIn(from: string): Promise<number> {
  const { rows } = await getDb().execute<{ count: number }>(
    sql.raw(`select count(*)::int as count from ${from}`),
  );
  return rows[0]?.count ?? -1;
}

/** What the list of companies says, and how many it really shows. */
async function listed(query: Record<string, string>) {
  const input = companyListSchema.parse(query);
  const [counts, { total }] = await Promise.all([countKinds(staff), listCompanies(staff, input)]);
  return countOfKind(counts, input) ?? total;
}

describe('companies', () => {
  it('of each state', async () => {
    const { byAttention } = await countKinds(staff);
    let biggest = 0;
    for (const state of attentionStates) {
      const count = await countIn(
        `company_list where attention = '${state}' and ignored_at is null`,
      );
      biggest = Math.max(biggest, count);
      expect(count).toBeGreaterThan(0);
      expect(overview.companies.byAttention).toContainEqual({ attention: state, count });
      expect(byAttention[state]).toEqual({ count, isMore: false });
      expect(await listed({ status: state })).toEqual({ count, isMore: false });
    }
    expect(biggest).toBeGreaterThan(1000);
  });

  it('in all, unassigned and ignored', async () => {
    const kinds = await countKinds(staff);
    const { total, unassigned, ignored } = overview.companies;
    expect(kinds.all).toEqual({ count: total, isMore: false });
    expect(await listed({})).toEqual({ count: total, isMore: false });
    expect(await countIn('company_list where ignored_at is null')).toBe(total);
    for (const [show, count] of [
      ['unassigned', unassigned],
      ['ignored', ignored],
    ] as const) {
      expect(count).toBeGreaterThan(0);
      expect(kinds[show]).toEqual({ count, isMore: false });
      expect(await listed({ show })).toEqual({ count, isMore: false });
    }
  });

  it('says at least so many only of what no trigger counts', async () => {
    expect(await listed({ connection: 'Linked' })).toEqual({ count: 1000, isMore: true });
  });
});

describe('connections', () => {
  const list = async (query: Record<string, string>) =>
    (await listConnections(staff, connectionListSchema.parse(query))).total;

  it('of each status and platform', async () => {
    const { byStatus, platforms, total } = overview.connections;
    expect(byStatus.length).toBeGreaterThanOrEqual(4);
    for (const { status, count } of byStatus) {
      expect(await list({ status })).toBe(count);
      expect(await countIn(`connections where removed_at is null and state = '${status}'`)).toBe(
        count,
      );
      for (const platform of platforms) {
        const query = { status, platform: platform.platformKey ?? '-' };
        expect(await list(query)).toBe(platform.byStatus[status] ?? 0);
      }
    }
    expect(await countIn('connections where removed_at is null')).toBe(total);
    const { count, old } = overview.unfinished;
    expect(await list({ status: 'PendingAuth' })).toBe(count);
    expect(await list({ status: 'PendingAuth', since: '7' })).toBe(old);
  });

  it('that broke and were repaired', async () => {
    const { days, broke, repaired } = overview.changes;
    expect([broke, repaired]).toEqual([1200, 1200]);
    const find = async (query: Record<string, string>) =>
      (await listChanges(staff, changeListSchema.parse(query))).total;
    for (const { day, broke: ofDay, repaired: repairedOfDay } of days) {
      expect(await find({ what: 'broke', from: day, to: day })).toBe(ofDay);
      expect(await find({ what: 'repaired', from: day, to: day })).toBe(repairedOfDay);
    }
    // Days are the reader's, and so is the list that they lead to.
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Honolulu']) {
      const { changes } = await getOverview(staff, zone);
      expect(changes.broke).toBe(1200);
      for (const { day, broke: ofDay } of changes.days) {
        expect(await find({ what: 'broke', from: day, to: day, zone })).toBe(ofDay);
      }
    }
  });
});

it('webhook events, by their chips, the overview and the metrics', async () => {
  const counts = await countEvents(staff, eventFilterSchema.parse({}));
  for (const count of Object.values(counts)) expect(count).toBe(1500);
  const figures = await readFigures(getDb());
  expect([overview.webhooks.dead, figures.dead, figures.unmatched]).toEqual([1500, 1500, 1500]);
  const groups = await listDeadGroups(staff, eventFilterSchema.parse({}));
  expect(groups.map(({ count }) => count)).toEqual([1500]);
});

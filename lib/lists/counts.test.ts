import { eq, sql } from 'drizzle-orm';
import { beforeEach, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { companyList } from '@/db/schema/company-list';
import { connections } from '@/db/schema/connections';
import { tallies } from '@/db/schema/operations';
import type { Attention } from '@/lib/companies/types';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import { insertCompany, setCompany } from '@/testing/company-rows';
import { foldCounts, readCounts } from './counts';

const platformKey = 'tlly';
let platformName: string;
beforeEach(() => {
  platformName = `Tally ${crypto.randomUUID()}`;
});

const makeCompany = (attention: Attention = 'ok') =>
  insertCompany({ name: 'Tallied', codatCompanyId: crypto.randomUUID(), attention });

async function makeConnection(companyId: string, status = 'Linked'): Promise<string> {
  const id = crypto.randomUUID();
  await getDb()
    .insert(connections)
    .values({ id, companyId, platformKey, platformName, sourceType: 'Accounting', status });
  return id;
}

const setConnection = (id: string, values: Partial<typeof connections.$inferInsert>) =>
  getDb().update(connections).set(values).where(eq(connections.id, id));

async function companyCounts(): Promise<Record<string, number>> {
  return Object.fromEntries((await readCounts(getDb())).companies);
}

async function connectionCounts(): Promise<Record<string, number>> {
  const all = (await readCounts(getDb())).connections;
  const mine = all.filter((row) => row.platformKey === platformKey);
  return Object.fromEntries(mine.map(({ status, count }) => [status, count]));
}

/** The same by counting. */
async function counted(): Promise<Record<string, number>> {
  const { rows } = await getDb().execute<{ status: string; count: number }>(sql`
    select case when ignored_at is null then attention else 'ignored' end as status,
      count(*)::int as count from company_list group by 1`);
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

it('follows companies through their states', async () => {
  const before = await companyCounts();
  const [one, two] = [await makeCompany(), await makeCompany('none')];
  await setCompany(one, { attention: 'needs_reconnect' });
  await setCompany(one, { readAt: new Date() });
  await setCompany(two, { ignoredAt: new Date() });
  await setCompany(two, { attention: 'ok' });
  const after = await companyCounts();
  expect((after.needs_reconnect ?? 0) - (before.needs_reconnect ?? 0)).toBe(1);
  expect((after.ignored ?? 0) - (before.ignored ?? 0)).toBe(1);
  expect(after.ok).toBe(before.ok);
  expect(after).toEqual(await counted());
  await setCompany(two, { ignoredAt: null });
  await getDb().delete(companies).where(eq(companies.id, one));
  expect(await companyCounts()).toEqual(await counted());
});

it('follows connections through status, removal and return', async () => {
  const before = await connectionCounts();
  const company = await makeCompany();
  const [one, two, three] = [
    await makeConnection(company),
    await makeConnection(company),
    await makeConnection(company, 'PendingAuth'),
  ];
  await setConnection(one, { status: 'Deauthorized' });
  await setConnection(two, { removedAt: new Date() });
  await setConnection(three, { lastSyncAt: new Date() });
  const difference = async () => {
    const after = await connectionCounts();
    return ['Linked', 'Deauthorized', 'PendingAuth'].map((s) => (after[s] ?? 0) - (before[s] ?? 0));
  };
  expect(await difference()).toEqual([0, 1, 1]);
  await setConnection(two, { status: 'Unlinked', removedAt: new Date() });
  expect(await difference()).toEqual([0, 1, 1]);
  await setConnection(two, { status: 'Linked', removedAt: null });
  const stop = { stoppedWhy: 'overdue', stoppedSince: new Date() } as const;
  await setConnection(two, stop);
  expect(await difference()).toEqual([0, 1, 1]);
  expect((await connectionCounts()).stopped).toBe((before.stopped ?? 0) + 1);
  // Only what is linked can have stopped.
  await setConnection(three, stop);
  expect(await difference()).toEqual([0, 1, 1]);
  await setConnection(two, { stoppedWhy: null, stoppedSince: null });
  await setConnection(two, { platformName: `${platformName} 2` });
  expect(await difference()).toEqual([1, 1, 1]);
  // A company that goes takes its connections along.
  await getDb().delete(companies).where(eq(companies.id, company));
  expect(await difference()).toEqual([0, 0, 0]);
});

it('counts only what was committed, and many writers do not wait for each other', async () => {
  const before = await companyCounts();
  await getDb()
    .transaction(async (tx) => {
      const never = await tx.insert(companies).values({ name: 'Never' }).returning();
      await rollUpCompanies(
        tx,
        never.map(({ id }) => id),
      );
      throw new Error('no');
    })
    .catch(() => {});
  expect(await companyCounts()).toEqual(before);

  const ids = await Promise.all(Array.from({ length: 8 }, () => makeCompany()));
  // Each transaction stays open until all have changed theirs.
  let arrived = 0;
  let open: () => void = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  await Promise.all(
    ids.map((id) =>
      getDb().transaction(async (tx) => {
        await tx
          .update(companyList)
          .set({ attention: 'none' })
          .where(eq(companyList.companyId, id));
        arrived += 1;
        if (arrived === ids.length) open();
        await all;
      }),
    ),
  );
  expect(await companyCounts()).toEqual(await counted());
});

it('is the same after folding, also while others fold and write', async () => {
  const company = await makeCompany();
  const ids = await Promise.all(Array.from({ length: 20 }, () => makeConnection(company)));
  for (let round = 0; round < 15; round += 1) {
    const status = round % 2 === 0 ? 'Deauthorized' : 'Linked';
    await Promise.all([
      ...ids.map((id) => setConnection(id, { status })),
      foldCounts(getDb()),
      foldCounts(getDb()),
    ]);
  }
  const before = [await companyCounts(), await connectionCounts()];
  expect(before[0]).toEqual(await counted());
  expect(before[1]?.Deauthorized).toBe(20);
  await getDb().execute(sql`
    insert into tallies (kind, status, count) select 'company', 'ok', 0 from generate_series(1, 500)`);
  await foldCounts(getDb());
  expect([await companyCounts(), await connectionCounts()]).toEqual(before);
  expect(await getDb().$count(tallies)).toBeLessThan(200);
});

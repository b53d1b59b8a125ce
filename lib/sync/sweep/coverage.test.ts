import { desc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Db, getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { companyReads, sweeps } from '@/db/schema/sync';
import { takeToken } from '@/lib/sync/read-ticket';
import { storedCompany } from '@/testing/company-rows';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCompanyAtCodat, makeCustomer } from '@/testing/make-customer';
import { makeEvent } from '@/testing/make-event';
import { readNow } from '@/testing/read-now';
import { countMissed } from './missed-changes';
import { atOnce, runSweepStep } from './run-sweep';
import { claimSweep } from './sweep-state';

let db: Db;
const long = new Date(Date.now() - 3_600_000);
let codat: LocalCodat;

beforeAll(async () => {
  codat = await startLocalCodat();
  db = getDb();
  await codat.control('PUT', '/settings', { initialReadDelayMs: 3_600_000 });
});
afterAll(() => codat?.stop());
beforeEach(async () => {
  await codat.control('POST', '/reset');
  await codat.control('DELETE', '/faults');
  await db.delete(sweeps);
  // What other tests left behind is on no page of this test's Codat.
  await db.update(companies).set({ codatDeletedAt: new Date() });
});

const makeMissing = (count: number) =>
  Promise.all(Array.from({ length: count }, () => makeCustomer({ createdAt: long })));

const fault = (values: object) =>
  codat.control('POST', '/faults', { method: 'GET', path: '/companies', ...values });

const dueReads = () => db.$count(companyReads, sql`read_due_at is not null`);

async function newest() {
  const [row] = await db.select().from(sweeps).orderBy(desc(sweeps.id)).limit(1);
  if (!row) throw new Error('no sweep');
  return row;
}

/** Sweeps to the end, whatever the sweep waits for. */
async function sweepToEnd() {
  const before = (await db.select().from(sweeps)).length;
  for (let step = 0; step < 20; step += 1) {
    if ((await runSweepStep(atOnce)) === 'finished') return newest();
    await db.update(sweeps).set({ notBefore: new Date(0) });
  }
  throw new Error(`no end after ${before} sweeps`);
}

describe('a sweep', () => {
  it('is not over with a page that holds less than Codat counts', async () => {
    const known = [await makeCompanyAtCodat(), await makeCompanyAtCodat()];
    await db.update(companyReads).set({ readDueAt: null });
    await fault({ times: 1, body: { totalResults: 2, results: [] }, status: 200 });
    expect(await runSweepStep(atOnce)).toBe('busy');
    expect(await newest()).toMatchObject({ finishedAt: null, nextPage: 1, companiesSeen: 0 });
    expect((await newest()).lastError).toContain('0 of 2 companies');
    expect(await dueReads()).toBe(0);
    const { id } = await newest();
    expect(await sweepToEnd()).toMatchObject({ id, companiesSeen: 2, doubted: false });
    for (const { companyId } of known) {
      expect((await storedCompany(companyId)).readDueAt).toBeNull();
    }
  });

  it('ends in the end where Codat goes on counting more than it lists, and is doubted', async () => {
    await makeCompanyAtCodat();
    const [gone] = await makeMissing(1);
    await db.update(companyReads).set({ readDueAt: null });
    await fault({ body: { totalResults: 5, results: [] }, status: 200, times: null });
    expect(await sweepToEnd()).toMatchObject({ doubted: true, companiesListed: 5 });
    expect(await dueReads()).toBe(0);
    // The second in a row that says the same is believed.
    expect(await sweepToEnd()).toMatchObject({ doubted: true });
    expect((await storedCompany(gone?.companyId ?? '')).readDueAt).not.toBeNull();
  });

  it('that misses much takes nothing for absent until the next misses the same', async () => {
    const gone = await makeMissing(21);
    await makeCompanyAtCodat();
    await db.update(companyReads).set({ readDueAt: null });
    const first = await sweepToEnd();
    expect(first).toMatchObject({ doubted: true, companiesMissing: 21 });
    expect(await dueReads()).toBe(0);
    // One that the first saw, and one that is here only since.
    const late = await makeMissing(2);
    const readApplied = await takeToken(db);
    await db
      .update(companyReads)
      .set({ readApplied })
      .where(eq(companyReads.companyId, late[0]?.companyId ?? ''));
    const createdAt = new Date(first.startedAt.getTime() + 1);
    await db
      .update(companies)
      .set({ createdAt })
      .where(eq(companies.id, late[1]?.companyId ?? ''));
    await sweepToEnd();
    expect(await dueReads()).toBe(21);
    expect((await storedCompany(gone[0]?.companyId ?? '')).attention).not.toBe('deleted');
    // What only the second missed waits for a third.
    for (const { companyId } of late) {
      expect((await storedCompany(companyId)).readDueAt).toBeNull();
    }
  });

  it('that misses few has each read at once', async () => {
    await makeMissing(20);
    await db.update(companyReads).set({ readDueAt: null });
    expect(await sweepToEnd()).toMatchObject({ doubted: false, companiesMissing: 20 });
    expect(await dueReads()).toBe(20);
  });

  it('does not bring a deleted company back: it asks for a read of it', async () => {
    const { companyId } = await makeCompanyAtCodat();
    await db.update(companies).set({ codatDeletedAt: long }).where(eq(companies.id, companyId));
    await db.update(companyReads).set({ readDueAt: null });
    await sweepToEnd();
    expect((await storedCompany(companyId)).codatDeletedAt).toEqual(long);
    expect((await storedCompany(companyId)).readDueAt).not.toBeNull();
    await readNow(companyId);
    expect((await storedCompany(companyId)).codatDeletedAt).toBeNull();
  });

  it('goes on without order where Codat refuses it, and says so', async () => {
    await makeCompanyAtCodat();
    await codat.control('DELETE', '/requests');
    await fault({ status: 400, times: 1 });
    expect(await sweepToEnd()).toMatchObject({ unordered: true, companiesSeen: 1 });
    expect(await codat.calls()).toEqual(['GET /companies 400', 'GET /companies 200']);
  });

  it('is not stopped by a company that cannot be applied, which is read singly', async () => {
    const [bad, good] = [await makeCompanyAtCodat(), await makeCompanyAtCodat()];
    for (const { codatCompanyId } of [bad, good]) {
      const path = `/companies/${codatCompanyId}/connections`;
      await codat.control('POST', path, { platformKey: 'gbol', status: 'Linked' });
    }
    await db.update(companyReads).set({ readDueAt: null });
    await db.execute(sql`
      create function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'refused'; end $$`);
    await db.execute(
      sql.raw(`create trigger refuse before insert on connections for each row
        when (new.company_id = '${bad.companyId}') execute function refuse()`),
    );
    try {
      expect(await sweepToEnd()).toMatchObject({ companiesSeen: 2, companiesFailed: 1 });
    } finally {
      await db.execute(sql`drop function refuse() cascade`);
    }
    const of = (companyId: string) => db.$count(connections, eq(connections.companyId, companyId));
    expect([await of(bad.companyId), await of(good.companyId)]).toEqual([0, 1]);
    expect((await storedCompany(bad.companyId)).readDueAt).not.toBeNull();
  });

  it('is the only unfinished one, whoever starts another', async () => {
    await Promise.all(Array.from({ length: 8 }, () => claimSweep(db, 0)));
    expect(await db.$count(sweeps, sql`finished_at is null`)).toBe(1);
    await expect(db.insert(sweeps).values({ firstToken: 1 })).rejects.toThrow();
  });
});

describe('a change', () => {
  async function sweepOver(told: 'before' | 'after' | 'never'): Promise<number> {
    const { companyId, codatCompanyId } = await makeCompanyAtCodat();
    await db.update(companyReads).set({ readDueAt: null });
    const path = `/companies/${codatCompanyId}/connections`;
    await codat.control('POST', path, { platformKey: 'gbol', status: 'Linked' });
    if (told === 'before') await makeEvent({ codatCompanyId });
    await sweepToEnd();
    expect((await storedCompany(companyId)).attention).toBe('ok');
    await countMissed(db);
    expect((await newest()).missedByWebhook, 'within the minute').toBe(0);
    if (told === 'after') await makeEvent({ codatCompanyId });
    await countMissed(db, 0);
    return (await newest()).missedByWebhook;
  }

  it('counts as missed by webhook only when its webhook had a minute to come', async () => {
    expect(await sweepOver('after')).toBe(0);
    expect(await sweepOver('before')).toBe(0);
    expect(await sweepOver('never')).toBe(1);
  });
});

import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { codatQuota } from '@/db/schema/codat';
import { companyReads } from '@/db/schema/sync';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCustomer } from '@/testing/make-customer';
import { drainDueReads } from './drain-reads';
import { readCompany } from './read-company';
import { beginRead } from './read-ticket';

let codat: LocalCodat;

beforeAll(async () => {
  codat = await startLocalCodat();
});
afterAll(async () => {
  await nothingDue();
  await codat?.stop();
});
beforeEach(async () => {
  await codat.control('DELETE', '/faults');
  await codat.control('DELETE', '/requests');
  await nothingDue();
});

const nothingDue = () =>
  getDb().update(companyReads).set({ readDueAt: null, readLeaseUntil: null });

const fault = (values: object) =>
  codat.control('POST', '/faults', { path: '/companies', times: null, ...values });

/** Companies that Codat answers for, whose read is due. */
async function makeDue(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) ids.push((await makeCustomer()).companyId);
  await getDb()
    .update(companyReads)
    .set({ readDueAt: sql`now()` })
    .where(sql`company_id = any(
    ${sql.param(ids)}::uuid[])`);
  return ids;
}

const dueInMs = async (companyId: string) => {
  const [row] = await getDb()
    .select({
      ms: sql<number>`(extract(epoch from read_due_at - now()) * 1000)::float8`,
      failures: companyReads.readFailures,
    })
    .from(companyReads)
    .where(eq(companyReads.companyId, companyId));
  return row;
};

it('puts a read back for as long as Codat said', async () => {
  const [companyId = ''] = await makeDue(1);
  await fault({ status: 429, retryAfter: 36_000 });
  expect(await drainDueReads()).toBe(1);
  const due = await dueInMs(companyId);
  expect(due?.ms).toBeGreaterThan(35_990_000);
  expect(due?.failures).toBe(0);
  expect(await drainDueReads()).toBe(0);
  // A person finds out that Codat has changed its mind.
  await codat.control('DELETE', '/faults');
  expect(await drainDueReads()).toBe(1);
});

it('keeps the Retry-After of other answers too', async () => {
  const [companyId = ''] = await makeDue(1);
  await fault({ status: 503, retryAfter: 600 });
  await drainDueReads();
  expect((await dueInMs(companyId))?.ms).toBeGreaterThan(590_000);
  expect((await dueInMs(companyId))?.failures).toBe(1);
});

it('makes no second round of reads while Codat wants us to wait', async () => {
  await makeDue(20);
  await fault({ status: 429, retryAfter: 36_000 });
  const rounds = [];
  for (let i = 0; i < 5; i += 1) rounds.push(await drainDueReads());
  expect(rounds).toEqual([5, 0, 0, 0, 0]);
  // Of the first round, those that had begun before the first was answered.
  const calls = (await codat.calls()).length;
  expect(calls).toBeGreaterThan(0);
  expect(calls).toBeLessThanOrEqual(5);
});

it('gives up a read at the gate without counting it as failed', async () => {
  const { companyId } = await makeCustomer();
  await fault({ status: 429, retryAfter: 36_000 });
  const read = async () => {
    const ticket = await beginRead(getDb(), companyId);
    if (!ticket) throw new Error('no ticket');
    return readCompany(ticket, 'read').catch((error: { kind: string }) => error.kind);
  };
  expect([await read(), await read()]).toEqual(['status', 'held']);
  expect((await dueInMs(companyId))?.ms).toBeGreaterThan(35_990_000);
  expect((await dueInMs(companyId))?.failures).toBe(0);
});

it('keeps to the bucket with two processes and much to do', async () => {
  await makeDue(120);
  await fault({
    ...{ status: 404, body: { error: 'Company not found' }, latencyMs: 150 },
  });
  await getDb().delete(codatQuota);
  const startedAt = performance.now();
  const drain = async () => {
    while (performance.now() - startedAt < 6000) {
      if ((await drainDueReads()) === 0) await new Promise((done) => setTimeout(done, 50));
    }
  };
  await Promise.all([drain(), drain()]);
  const seconds = (performance.now() - startedAt) / 1000;
  const calls = (await codat.calls()).length;
  // What reads have of the burst, and eight a second.
  expect(calls).toBeLessThanOrEqual(60 + 8 * seconds + 2);
  expect(calls).toBeGreaterThan(90);
});

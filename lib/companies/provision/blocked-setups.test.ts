import { and, eq, isNull, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { refreshChecks } from '@/lib/operations/checks/refresh-checks';
import { enqueueProvisioning, type SetupJob } from '@/lib/runtime/jobs/boss';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { requeueProvisioning, runSetupJob } from './begin-setup';
import { provisionCompany } from './provision-company';
import { retrySetup } from './retry-setup';

let codat: LocalCodat;

beforeAll(async () => {
  codat = await startLocalCodat();
});
afterAll(() => codat?.stop());
beforeEach(async () => {
  await codat.control('DELETE', '/faults');
  // Of other tests.
  await getDb()
    .update(companies)
    .set({ codatDeletedAt: sql`now()` })
    .where(isNull(companies.codatCompanyId));
  await takeJobs();
});

const fault = (status: number, more: object = {}) =>
  codat.control('POST', '/faults', {
    ...{ method: 'POST', path: '/companies', status, times: null },
    ...more,
  });
const allowAgain = () => codat.control('DELETE', '/faults');

/** Takes the waiting jobs out of the queue, as a worker would. */
async function takeJobs(): Promise<SetupJob[]> {
  const { rows } = await getDb().execute<{ data: SetupJob }>(
    sql`delete from pgboss.job where name = 'company.provision' returning data`,
  );
  return rows.map(({ data }) => data);
}

/** Runs every waiting job once. @returns how many. */
async function runJobs(): Promise<number> {
  const jobs = await takeJobs();
  for (const job of jobs) await runSetupJob(job);
  return jobs.length;
}

async function makeBlocked(count: number): Promise<void> {
  await fault(402);
  for (let i = 0; i < count; i += 1) {
    const createdAt = new Date(Date.now() - 600_000);
    const { companyId } = await makeCustomer({ codatCompanyId: null, createdAt });
    expect(await provisionCompany(companyId)).toBe('failed');
  }
  await takeJobs();
  await codat.control('DELETE', '/requests');
}

const passHour = () =>
  getDb()
    .update(companies)
    .set({
      provisionAttemptedAt: sql`${companies.provisionAttemptedAt} - interval '61 minutes'`,
    });
const blocked = () =>
  getDb()
    .select({ id: companies.id })
    .from(companies)
    .where(
      and(
        isNull(companies.codatCompanyId),
        isNull(companies.codatDeletedAt),
        eq(companies.provisionProblem, 'setupPlanLimit'),
      ),
    );

it('costs two calls an hour for all of them together', async () => {
  await makeBlocked(20);
  for (let minute = 0; minute < 30; minute += 1) {
    await requeueProvisioning();
    expect(await runJobs()).toBe(0);
  }
  for (let hour = 1; hour <= 3; hour += 1) {
    await passHour();
    for (let minute = 0; minute < 5; minute += 1) {
      await requeueProvisioning();
      await runJobs();
    }
    // Codat is asked for the company first, then to make it.
    expect(await codat.calls()).toHaveLength(2 * hour);
  }
  expect(await blocked()).toHaveLength(20);
});

it('lets all follow when one has succeeded, a few at a time', async () => {
  await makeBlocked(12);
  await allowAgain();
  await passHour();
  await requeueProvisioning();
  const rounds = [];
  for (let jobs = await runJobs(); jobs > 0; jobs = await runJobs()) rounds.push(jobs);
  expect(rounds.slice(0, 3)).toEqual([1, 2, 4]);
  expect(await blocked()).toEqual([]);
});

it('lets those follow that have a job already, which would have left them alone', async () => {
  await makeBlocked(3);
  await allowAgain();
  for (const { id } of await blocked()) await enqueueProvisioning(getDb(), id);
  const [first] = await blocked();
  expect(await provisionCompany(first?.id ?? '')).toBe('ready');
  expect(await runJobs()).toBe(3);
  expect(await blocked()).toEqual([]);
});

it('stops soon when Codat allows just one more', async () => {
  await makeBlocked(12);
  await allowAgain();
  await passHour();
  await requeueProvisioning();
  const [probe] = await takeJobs();
  if (!probe) throw new Error('no probe');
  await runSetupJob(probe);
  await fault(402);
  expect(await runJobs()).toBe(2);
  expect(await runJobs()).toBe(0);
  expect(await blocked()).toHaveLength(11);
});

it('begins at once when staff try one, or when they check again', async () => {
  await makeBlocked(4);
  const [any] = await blocked();
  await allowAgain();
  expect(await retrySetup(await makeOperator('admin'), any?.id ?? '', noContext)).toBe('ready');
  expect(await takeJobs()).toHaveLength(2);
  await refreshChecks('person');
  expect(await runJobs()).toBe(1);
});

it('waits while the key is refused, and while Codat wants us to wait', async () => {
  await makeBlocked(3);
  await allowAgain();
  await fault(401, { method: 'GET' });
  await refreshChecks('person');
  expect(await takeJobs()).toHaveLength(0);
  await allowAgain();
  // Everywhere: an answer to one of the checks would say that the wait is over.
  await fault(429, { method: 'GET', path: '*', retryAfter: 36_000 });
  await refreshChecks('person');
  await codat.control('DELETE', '/requests');
  await passHour();
  for (let minute = 0; minute < 5; minute += 1) {
    await requeueProvisioning();
    await runJobs();
  }
  expect(await codat.calls()).toEqual([]);
});

import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { checkFindings } from '@/db/schema/operations';
import { getEnv } from '@/env';
import { provisionCompany } from '@/lib/companies/provision/provision-company';
import { startLink } from '@/lib/linking/start-link';
import { listAttentionItems } from '@/lib/operations/overview/attention-items';
import { getOverview } from '@/lib/operations/overview/get-overview';
import { getBoss, stopBoss } from '@/lib/runtime/jobs/boss';
import { queues } from '@/lib/runtime/jobs/queues';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { makeOwnDatabase } from '@/testing/own-database';
import { noticeTrouble } from './notice-trouble';
import { refreshChecks } from './refresh-checks';

let codat: LocalCodat;
let dropDatabase: () => Promise<void>;
let stopNoticing: () => void;

beforeAll(async () => {
  dropDatabase = await makeOwnDatabase('trouble');
  codat = await startLocalCodat();
});
afterAll(async () => {
  await stopBoss(1000);
  await codat.stop();
  await getDb().$client.end();
  await dropDatabase();
});
beforeEach(async () => {
  await codat.control('DELETE', '/faults');
  await getDb().delete(checkFindings);
  await getDb().execute(sql`delete from pgboss.job where name = ${queues.checks.name}`);
  stopNoticing = noticeTrouble();
});
afterEach(() => stopNoticing());

async function makeReady() {
  const customer = await makeCustomer({ codatCompanyId: null });
  await provisionCompany(customer.companyId);
  const leave = () =>
    startLink(customer.actor, { companyId: customer.companyId, consent: 'yes' }, noContext);
  return { ...customer, leave };
}

async function isQueued(): Promise<boolean> {
  const { rowCount } = await getDb().execute(
    sql`select from pgboss.job where name = ${queues.checks.name} and state < 'active'`,
  );
  return rowCount !== 0;
}

async function untilQueued(): Promise<void> {
  const endsAt = Date.now() + 5000;
  while (!(await isQueued())) {
    if (Date.now() > endsAt) throw new Error('the checks were not asked for');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function found(): Promise<string[]> {
  const overview = await getOverview(await makeOperator('support'));
  return listAttentionItems(overview).flatMap(({ finding }) => (finding ? [finding.id] : []));
}

it.each([401, 403])(
  'has the checks run when Codat refuses us with %d, and shows it',
  async (status) => {
    const { leave } = await makeReady();
    expect(await isQueued()).toBe(false);
    await codat.control('POST', '/faults', { path: '/*', status, times: null });
    await expect(leave()).rejects.toMatchObject({ messageKey: 'codatRefused' });
    await untilQueued();
    await refreshChecks();
    expect(await found()).toContain('codat-key');
  },
);

it('asks once while Codat goes on refusing, and again when it stops', async () => {
  const { leave } = await makeReady();
  await codat.control('POST', '/faults', { path: '/*', status: 401, times: null });
  for (let i = 0; i < 5; i += 1) await leave().catch(() => {});
  await untilQueued();
  const boss = await getBoss();
  const jobs = await boss.fetch(queues.checks.name, { batchSize: 10 });
  expect(jobs.length).toBeLessThanOrEqual(1);
});

it('shows at once that a customer was not sent to an origin that is not permitted', async () => {
  const { leave } = await makeReady();
  const permitted = getEnv().CODAT_LINK_ORIGINS;
  getEnv().CODAT_LINK_ORIGINS = ['https://link.example.com'];
  await expect(leave()).rejects.toMatchObject({ messageKey: 'linkRefused' });
  getEnv().CODAT_LINK_ORIGINS = permitted;
  await expect.poll(found).toEqual(['hand-offs']);
  await refreshChecks();
  expect(await found()).toContain('hand-offs');
  await leave();
  await refreshChecks();
  expect(await found()).not.toContain('hand-offs');
});

it('says at once when background work has stopped, which no check would be there to say', async () => {
  const overview = async () => listAttentionItems(await getOverview(await makeOperator('admin')));
  const isSilent = async () => (await overview()).some(({ kind }) => kind === 'workerSilent');
  await getDb().execute(sql`delete from job_runs`);
  expect(await isSilent()).toBe(true);
  await getDb().execute(sql`insert into job_runs (name, started_at) values ('worker', now())`);
  expect(await isSilent()).toBe(false);
  await getDb().execute(sql`update job_runs set started_at = now() - interval '6 minutes'`);
  expect(await isSilent()).toBe(true);
});

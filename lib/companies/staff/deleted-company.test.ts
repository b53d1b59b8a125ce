import { and, eq, isNull, ne } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { sweeps } from '@/db/schema/sync';
import { requeueProvisioning } from '@/lib/companies/provision/begin-setup';
import { provisionCompany } from '@/lib/companies/provision/provision-company';
import { startLink } from '@/lib/linking/start-link';
import { atOnce, runSweepStep } from '@/lib/sync/sweep/run-sweep';
import { processInboxBatch } from '@/lib/webhooks/inbox/process-inbox';
import { receiveDelivery } from '@/lib/webhooks/inbox/receive';
import { storedCompany } from '@/testing/company-rows';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCustomer, noContext } from '@/testing/make-customer';
import { readNow } from '@/testing/read-now';
import { sign } from '@/testing/sign-delivery';

let codat: LocalCodat;

beforeAll(async () => {
  codat = await startLocalCodat();
});
afterAll(() => codat?.stop());
beforeEach(() => codat.control('DELETE', '/faults'));

/** A customer whose company is at Codat, with one connection that works. */
async function makeConnected() {
  const { actor, companyId } = await makeCustomer({ codatCompanyId: null });
  await provisionCompany(companyId);
  const { codatCompanyId } = await storedCompany(companyId);
  if (!codatCompanyId) throw new Error('not set up');
  const path = `/companies/${codatCompanyId}/connections`;
  await codat.control('POST', path, { platformKey: 'gbol', status: 'Linked' });
  await readNow(companyId);
  return { actor, companyId, codatCompanyId };
}

async function present(companyId: string): Promise<number> {
  const rows = await getDb()
    .select({ removedAt: connections.removedAt })
    .from(connections)
    .where(eq(connections.companyId, companyId));
  return rows.filter(({ removedAt }) => removedAt === null).length;
}

async function deleteAtCodat(codatCompanyId: string): Promise<void> {
  const authorization = `Basic ${Buffer.from('test-key').toString('base64')}`;
  const url = `${codat.url}/companies/${codatCompanyId}`;
  const { status } = await fetch(url, { method: 'DELETE', headers: { authorization } });
  expect(status).toBe(204);
}

async function tell(event: object): Promise<void> {
  expect(await receiveDelivery(sign(`msg_${crypto.randomUUID()}`, event))).toBe(204);
  while ((await processInboxBatch()) > 0);
}

/** Everything that sets companies up or takes them in. */
async function runAllWork(companyId: string): Promise<void> {
  expect(await provisionCompany(companyId)).toBe('ready');
  await requeueProvisioning();
  await getDb().delete(sweeps);
  while ((await runSweepStep(atOnce)) !== 'finished');
}

describe('a company that is deleted at Codat', () => {
  it('is known as such from the next read, and nothing makes another', async () => {
    const { actor, companyId, codatCompanyId } = await makeConnected();
    await deleteAtCodat(codatCompanyId);
    await readNow(companyId);
    expect(await storedCompany(companyId)).toMatchObject({ attention: 'deleted', codatCompanyId });
    expect(await present(companyId)).toBe(0);

    const others = await getDb().$count(companies);
    await codat.control('DELETE', '/requests');
    await runAllWork(companyId);
    const calls = await codat.calls();
    expect(calls.filter((call) => call.startsWith('POST'))).toEqual([]);
    expect(await getDb().$count(companies)).toBe(others);
    expect(await storedCompany(companyId)).toMatchObject({ attention: 'deleted', codatCompanyId });
    const jobs = await getDb().$client.query(
      `select from pgboss.job where data->>'companyId' = $1 and state <> 'completed'`,
      [companyId],
    );
    expect(jobs.rowCount).toBe(0);

    const leaving = startLink(actor, { companyId, consent: 'yes' }, noContext);
    await expect(leaving).rejects.toMatchObject({
      code: 'conflict',
      ref: { messageKey: 'errors.companyDeleted' },
    });
  });

  it('is known from the event, and late news of a connection does not bring it back', async () => {
    const { companyId, codatCompanyId } = await makeConnected();
    await deleteAtCodat(codatCompanyId);
    await tell({ eventType: 'company.deleted', payload: { id: codatCompanyId } });
    const [connection] = await getDb()
      .select()
      .from(connections)
      .where(eq(connections.companyId, companyId));
    await tell({
      eventType: 'connection.reconnected',
      generatedDate: new Date().toISOString(),
      payload: {
        referenceCompany: { id: codatCompanyId },
        connection: { id: connection?.id, status: 'Linked', platformName: 'Xero' },
      },
    });
    expect((await storedCompany(companyId)).attention).toBe('deleted');
    await readNow(companyId);
    expect((await storedCompany(companyId)).attention).toBe('deleted');
    expect(await present(companyId)).toBe(0);
  });

  it('is not what a false alarm makes of one that is there', async () => {
    const { companyId, codatCompanyId } = await makeConnected();
    await tell({ eventType: 'company.deleted', payload: { id: codatCompanyId } });
    expect((await storedCompany(companyId)).attention).toBe('deleted');
    await readNow(companyId);
    expect(await storedCompany(companyId)).toMatchObject({ attention: 'ok', codatDeletedAt: null });
    expect(await present(companyId)).toBe(1);
  });

  it.each([
    ['of something in between', { body: '<h1>404</h1>', contentType: 'text/html' }],
    ['of an address that Codat does not have', { body: { statusCode: 404, error: 'NotFound' } }],
    ['without a body', { body: '' }],
  ])('is not what a 404 %s makes of it', async (_name, fault) => {
    const { actor, companyId, codatCompanyId } = await makeConnected();
    const path = `/companies/${codatCompanyId}`;
    await codat.control('POST', '/faults', { path, status: 404, times: 2, ...fault });
    await expect(readNow(companyId)).rejects.toMatchObject({ status: 404 });
    const leaving = startLink(actor, { companyId, consent: 'yes' }, noContext);
    await expect(leaving).rejects.toMatchObject({ code: 'upstream-refused' });
    expect(await storedCompany(companyId)).toMatchObject({ attention: 'ok', codatDeletedAt: null });
    expect(await present(companyId)).toBe(1);
  });
});

describe('a company that Codat refuses to make', () => {
  it('is tried again an hour later, and every hour until it is set up', async () => {
    const { companyId } = await makeCustomer({
      codatCompanyId: null,
      createdAt: new Date(Date.now() - 60_000),
    });
    // Those of other tests would be tried first.
    await getDb()
      .update(companies)
      .set({ codatDeletedAt: new Date() })
      .where(and(isNull(companies.codatCompanyId), ne(companies.id, companyId)));
    await codat.control('POST', '/faults', { path: '/companies', status: 402, times: 1 });
    expect(await provisionCompany(companyId)).toBe('failed');
    const countJobs = async () => {
      await requeueProvisioning();
      const jobs = await getDb().$client.query(
        `select from pgboss.job where data->>'companyId' = $1 and state = 'created'`,
        [companyId],
      );
      return jobs.rowCount;
    };
    expect(await countJobs()).toBe(0);
    const [waiting] = await getDb()
      .select()
      .from(companies)
      .where(isNull(companies.codatCompanyId));
    expect(waiting).toBeDefined();
    const hourAgo = new Date(Date.now() - 3_601_000);
    await getDb().update(companies).set({ provisionAttemptedAt: hourAgo });
    expect(await countJobs()).toBe(1);
    expect(await countJobs()).toBe(1);
  });
});

import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { getEnv } from '@/env';
import { getCompanyDetail } from '@/lib/companies/staff/get-company-detail';
import { getConnectionsOverview } from '@/lib/connections/get-connections';
import { startLink } from '@/lib/linking/start-link';
import { storedCompany } from '@/testing/company-rows';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { provisionCompany } from './provision-company';
import { retrySetup } from './retry-setup';

let codat: LocalCodat;

beforeAll(async () => {
  codat = await startLocalCodat();
});
afterAll(() => codat?.stop());
beforeEach(() => codat.control('DELETE', '/faults'));

async function makeUnprovisioned(): Promise<string> {
  const { companyId } = await makeCustomer({ codatCompanyId: null, attention: 'provisioning' });
  return companyId;
}

async function companiesAtCodat(companyId: string): Promise<unknown[]> {
  const query = `pageSize=100&tags=${encodeURIComponent(`uid=${companyId}`)}`;
  const response = await fetch(`${codat.url}/companies?${query}`, {
    headers: { authorization: `Basic ${Buffer.from('test-key').toString('base64')}` },
  });
  return ((await response.json()) as { results: unknown[] }).results;
}

/** Tries until it works, as the job does. */
async function retry(companyId: string, tries: number): Promise<string> {
  let outcome = 'none';
  for (let i = 0; i < tries && outcome !== 'ready'; i += 1)
    outcome = await provisionCompany(companyId);
  return outcome;
}

const fault = (values: object) =>
  codat.control('POST', '/faults', { method: 'POST', path: '/companies', times: 1, ...values });

describe('provisionCompany', () => {
  it('creates the company with our id as its name and tag', async () => {
    const companyId = await makeUnprovisioned();
    expect(await provisionCompany(companyId)).toBe('ready');
    const row = await storedCompany(companyId);
    expect(row.codatCompanyId).not.toBeNull();
    expect(row.attention).toBe('none');
    expect(await companiesAtCodat(companyId)).toMatchObject([
      {
        id: row.codatCompanyId,
        name: companyId,
        description: 'Test Company',
        tags: { uid: companyId },
      },
    ]);
  });

  it.each([
    ['by its tag', (id: string) => ({ name: id, tags: { uid: crypto.randomUUID() } })],
    ['by its name', () => ({ name: 'Bank of Dave' })],
    ['by its name, however like ours', (id: string) => ({ name: `${id}1` })],
  ])("binds no other company's answer, known %s", async (_how, other) => {
    const companyId = await makeUnprovisioned();
    const body = { id: crypto.randomUUID(), redirect: codat.url, ...other(companyId) };
    const answer = { contentType: 'application/json', body: JSON.stringify(body) };
    await fault({ status: 200, afterEffect: true, ...answer });
    expect(await provisionCompany(companyId)).toBe('failed');
    expect((await storedCompany(companyId)).codatCompanyId).toBeNull();
    expect(await provisionCompany(companyId)).toBe('ready');
    expect(await companiesAtCodat(companyId)).toMatchObject([
      { id: (await storedCompany(companyId)).codatCompanyId },
    ]);
  });

  it('knows its own company by its name where the answer has no tags', async () => {
    const companyId = await makeUnprovisioned();
    const body = { id: crypto.randomUUID(), name: companyId, redirect: codat.url };
    await fault({ status: 200, contentType: 'application/json', body: JSON.stringify(body) });
    expect(await provisionCompany(companyId)).toBe('ready');
    expect((await storedCompany(companyId)).codatCompanyId).toBe(body.id);
  });

  it('creates one under twenty tries at once', async () => {
    const companyId = await makeUnprovisioned();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => provisionCompany(companyId)),
    );
    expect(outcomes).toContain('ready');
    expect(await companiesAtCodat(companyId)).toHaveLength(1);
    expect(await provisionCompany(companyId)).toBe('ready');
    expect(await companiesAtCodat(companyId)).toHaveLength(1);
  });

  it('finds what was made after the backup from which the database was restored', async () => {
    const companyId = await makeUnprovisioned();
    await provisionCompany(companyId);
    const before = await storedCompany(companyId);
    await getDb()
      .update(companies)
      .set({
        codatCompanyId: null,
        provisionAttempts: 0,
        provisionKey: null,
        provisionBody: null,
        createdAt: new Date(Date.now() - 61_000),
      })
      .where(eq(companies.id, companyId));
    expect(await provisionCompany(companyId)).toBe('ready');
    expect((await storedCompany(companyId)).codatCompanyId).toBe(before.codatCompanyId);
    expect(await companiesAtCodat(companyId)).toHaveLength(1);
  });

  it.each([
    ['an error before the effect', { status: 503 }],
    ['an error after the effect', { status: 500, afterEffect: true }],
    ['a lost answer after the effect', { drop: true, afterEffect: true }],
    ['a dropped socket before the effect', { drop: true }],
    [
      'an answer that is not JSON, after the effect',
      { body: '<html>', contentType: 'application/json', status: 200, afterEffect: true },
    ],
    ['too many requests', { status: 429, retryAfter: 1 }],
  ])('ends with exactly one company after %s', async (_name, values) => {
    const companyId = await makeUnprovisioned();
    await fault(values);
    expect(await provisionCompany(companyId)).toBe('failed');
    expect((await storedCompany(companyId)).codatCompanyId).toBeNull();
    expect(await retry(companyId, 3)).toBe('ready');
    expect(await companiesAtCodat(companyId)).toHaveLength(1);
  });

  it('finds its company again after a crash between the call and the record', async () => {
    const companyId = await makeUnprovisioned();
    await provisionCompany(companyId);
    const before = (await storedCompany(companyId)).codatCompanyId;
    // As the row stood when the process died: claimed, key stored, no outcome.
    await getDb()
      .update(companies)
      .set({ codatCompanyId: null, provisionLeaseUntil: new Date(Date.now() - 1000) })
      .where(eq(companies.id, companyId));
    expect(await provisionCompany(companyId)).toBe('ready');
    expect((await storedCompany(companyId)).codatCompanyId).toBe(before);
    expect(await companiesAtCodat(companyId)).toHaveLength(1);
  });

  it.each([
    [402, 'setupPlanLimit'],
    [401, 'setupUnauthorized'],
    [403, 'setupForbidden'],
    [400, 'setupRefused'],
    [422, 'setupRefused'],
    [451, 'setupRefused'],
    [404, 'setupFailing'],
  ])('tells staff what to fix after %i, and goes on once it is', async (status, problem) => {
    const companyId = await makeUnprovisioned();
    await fault({ status });
    expect(await provisionCompany(companyId)).toBe('failed');
    expect((await storedCompany(companyId)).provisionProblem).toBe(problem);
    expect(await provisionCompany(companyId)).toBe('ready');
    expect((await storedCompany(companyId)).provisionProblem).toBeNull();
  });

  it('keeps what Codat gave as its reason for staff, without links, and tells the customer that we are on it', async () => {
    const { actor, companyId } = await makeCustomer({ codatCompanyId: null });
    const link = `${codat.url}/company/${crypto.randomUUID()}?link.otp=CANARY`;
    const body = {
      statusCode: 400,
      error: 'Error processing request - not valid.',
      validation: {
        errors: [
          { itemId: 'Company', message: `A product must be assigned. See ${link}` },
          7,
          null,
        ],
      },
    };
    const answer = { contentType: 'application/json', body: JSON.stringify(body) };
    await fault({ status: 400, ...answer });
    expect(await provisionCompany(companyId)).toBe('failed');
    const admin = await makeOperator('admin');
    expect(await getCompanyDetail(admin, companyId)).toMatchObject({
      setup: 'blocked',
      setupProblemKey: 'setupRefused',
      setupSaid: 'Error processing request - not valid. A product must be assigned. See [link]',
    });
    const { company } = await getConnectionsOverview(actor, companyId);
    expect(company.setup).toBe('blocked');
    const wish = startLink(actor, { companyId, consent: 'yes' }, noContext);
    await expect(wish).rejects.toMatchObject({ ref: { messageKey: 'errors.companyBlocked' } });
    await fault({ status: 400, contentType: 'text/html', body: '<html>' });
    expect(await provisionCompany(companyId)).toBe('failed');
    expect((await storedCompany(companyId)).provisionSaid).toBeNull();
    // *Try now* works once it is fixed.
    expect(await retrySetup(admin, companyId, noContext)).toBe('ready');
    expect(await getCompanyDetail(admin, companyId)).toMatchObject({
      setup: 'ready',
      setupSaid: null,
    });
  });

  it('sends the products that are set, the same ones with the same key', async () => {
    const companyId = await makeUnprovisioned();
    const env = getEnv();
    try {
      env.CODAT_PRODUCTS = ['lending', 'spend-insights'];
      await fault({ drop: true });
      expect(await provisionCompany(companyId)).toBe('failed');
      const first = await storedCompany(companyId);
      expect(first.provisionBody).toMatchObject({ products: ['lending', 'spend-insights'] });
      env.CODAT_PRODUCTS = ['other'];
      await fault({ status: 400 });
      expect(await provisionCompany(companyId)).toBe('failed');
      // Codat replays a refusal under its key: the next try has another, and what is set by then.
      expect((await storedCompany(companyId)).provisionBody).toBeNull();
      expect(await provisionCompany(companyId)).toBe('ready');
      expect((await storedCompany(companyId)).provisionBody).toMatchObject({ products: ['other'] });
    } finally {
      env.CODAT_PRODUCTS = [];
    }
  });
});

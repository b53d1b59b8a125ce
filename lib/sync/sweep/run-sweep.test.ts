import { and, desc, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { sweeps } from '@/db/schema/sync';
import { getCompany } from '@/lib/codat/companies';
import { storedCompany } from '@/testing/company-rows';
import { forgetQuota, type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCustomer } from '@/testing/make-customer';
import { countDifferences } from './count-differences';
import { countMissed } from './missed-changes';
import { atOnce, runSweepStep, sweepPageSize } from './run-sweep';

let codat: LocalCodat;

beforeAll(async () => {
  codat = await startLocalCodat();
  // Nothing changes at Codat but what a test does.
  await codat.control('PUT', '/settings', { initialReadDelayMs: 3_600_000 });
});
afterAll(() => codat?.stop());
beforeEach(async () => {
  await codat.control('DELETE', '/faults');
  await getDb().delete(sweeps);
});

const post = (path: string, body: unknown) => send('POST', path, body);

async function send(method: string, path: string, body: unknown): Promise<{ id: string }> {
  const response = await fetch(codat.url + path, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from('test-key').toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { id: string };
}

async function makeAtCodat(uid?: string): Promise<string> {
  const tags = uid ? { uid } : {};
  return (await post('/companies', { name: uid ?? 'Walk-in', description: 'Walk-in Ltd', tags }))
    .id;
}

async function connect(codatCompanyId: string, status: string): Promise<string> {
  const body = { platformKey: 'gbol', status };
  const made = await codat.control('POST', `/companies/${codatCompanyId}/connections`, body);
  return (made as { id: string }).id;
}

async function sweepAll(): Promise<void> {
  await expect.poll(() => runSweepStep(atOnce), { timeout: 30_000 }).toBe('finished');
}

async function sweepAgain(): Promise<void> {
  await getDb().delete(sweeps);
  await sweepAll();
}

/** As a minute later: what was noticed and no event has told of counts. */
async function newestSweep() {
  await countMissed(getDb(), 0);
  const [row] = await getDb().select().from(sweeps).orderBy(desc(sweeps.id)).limit(1);
  if (!row) throw new Error('no sweep');
  return row;
}

async function differences(codatCompanyId: string): Promise<number> {
  const { snapshot } = await getCompany(codatCompanyId);
  const held = await getDb()
    .select()
    .from(connections)
    .innerJoin(companies, eq(companies.id, connections.companyId))
    .where(and(eq(companies.codatCompanyId, codatCompanyId), isNull(connections.removedAt)));
  return countDifferences(
    held.map((row) => row.connections),
    snapshot,
  );
}

describe('the sweep', () => {
  it('makes the portal equal to Codat over several pages, and counts what no webhook told', async () => {
    const statuses = ['Linked', 'PendingAuth', 'Deauthorized', 'Unlinked'];
    const ids: string[] = [];
    for (let i = 0; i < 230; i += 1) {
      const { companyId } = await makeCustomer({ codatCompanyId: null });
      const codatCompanyId = await makeAtCodat(companyId);
      await getDb().update(companies).set({ codatCompanyId }).where(eq(companies.id, companyId));
      ids.push(codatCompanyId);
    }
    for (const [i, id] of ids.slice(0, 40).entries())
      await connect(id, statuses[i % 4] ?? 'Linked');
    await codat.control('DELETE', '/requests');
    await sweepAll();
    expect(await codat.calls()).toEqual(Array.from({ length: 3 }, () => 'GET /companies 200'));
    for (const id of ids.slice(0, 45)) expect(await differences(id)).toBe(0);
    expect(await newestSweep()).toMatchObject({
      companiesSeen: 230,
      companiesFound: 0,
      missedByWebhook: 40,
    });

    await getDb().delete(sweeps);
    await sweepAll();
    expect(await newestSweep()).toMatchObject({ companiesSeen: 230, missedByWebhook: 0 });
  });

  it("takes over what was changed in Codat's own portal, and misses no webhook by it", async () => {
    const { companyId } = await makeCustomer({ codatCompanyId: null });
    const codatCompanyId = await makeAtCodat(companyId);
    await getDb().update(companies).set({ codatCompanyId }).where(eq(companies.id, companyId));
    await sweepAll();
    const found = await makeAtCodat();
    await send('PATCH', `/companies/${codatCompanyId}`, {
      description: 'possible fraud',
      tags: { uid: companyId, region: 'north' },
    });
    await sweepAgain();
    const [row] = await getDb().select().from(companies).where(eq(companies.id, companyId));
    expect(row).toMatchObject({
      name: 'Test Company',
      codatDescription: 'possible fraud',
      tags: { uid: companyId, region: 'north' },
    });
    const byCodatId = eq(companies.codatCompanyId, found);
    const [stranger] = await getDb().select().from(companies).where(byCodatId);
    expect(stranger).toMatchObject({ name: 'Walk-in', codatDescription: 'Walk-in Ltd' });
    await send('PATCH', `/companies/${found}`, { name: 'Renamed there', description: '' });
    await sweepAgain();
    const [again] = await getDb().select().from(companies).where(byCodatId);
    expect(again).toMatchObject({ name: 'Renamed there', codatDescription: null });
    expect(await newestSweep()).toMatchObject({ missedByWebhook: 0 });
  });

  it('takes in companies it has never heard of, and gives ours back what they lost', async () => {
    const stranger = await makeAtCodat();
    const connectionId = await connect(stranger, 'Linked');
    const { companyId } = await makeCustomer({ codatCompanyId: null });
    const own = await makeAtCodat(companyId);
    await sweepAll();
    await sweepAll();
    const [row] = await getDb()
      .select()
      .from(companies)
      .where(eq(companies.codatCompanyId, stranger));
    expect(await storedCompany(row?.id ?? '')).toMatchObject({
      ...{ origin: 'codat', name: 'Walk-in', attention: 'ok' },
    });
    const [connection] = await getDb()
      .select()
      .from(connections)
      .where(eq(connections.id, connectionId));
    expect(connection?.companyId).toBe(row?.id);
    const [mine] = await getDb().select().from(companies).where(eq(companies.id, companyId));
    expect(mine?.codatCompanyId).toBe(own);
  });

  it('goes on at the page where it failed, when Codat allows', async () => {
    await codat.control('POST', '/faults', {
      method: 'GET',
      path: '/companies',
      status: 429,
      retryAfter: 3600,
      times: 1,
    });
    expect(await runSweepStep(atOnce)).toBe('busy');
    const held = await newestSweep();
    expect(held.finishedAt).toBeNull();
    expect(held.notBefore.getTime() - Date.now()).toBeGreaterThan(3_500_000);
    expect(await runSweepStep(atOnce)).toBe('busy');
    await forgetQuota();
    await getDb()
      .update(sweeps)
      .set({ notBefore: new Date(), nextPage: 2, companiesSeen: sweepPageSize });
    await sweepAll();
    expect((await newestSweep()).id).toBe(held.id);
  });

  it('is done by one process at a time', async () => {
    await codat.control('DELETE', '/requests');
    const outcomes = await Promise.all([
      runSweepStep(atOnce),
      runSweepStep(atOnce),
      runSweepStep(atOnce),
    ]);
    const pages = (await codat.calls()).length;
    // One that ends early lets another begin: no page of any of them is asked for twice.
    const swept = await getDb().select().from(sweeps);
    expect(outcomes).toContain('finished');
    expect(pages).toBe(swept.reduce((sum, { nextPage }) => sum + nextPage - 1, 0));
  });

  it('asks singly about a company that no page has shown', async () => {
    // Those of other tests are on no page either, and many make the sweep doubt itself.
    await getDb().update(companies).set({ codatDeletedAt: new Date() });
    const { companyId } = await makeCustomer({ createdAt: new Date(Date.now() - 60_000) });
    await sweepAll();
    const { readDueAt } = await storedCompany(companyId);
    expect(readDueAt).not.toBeNull();
  });
});

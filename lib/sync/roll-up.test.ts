import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { setCompany, storedCompany } from '@/testing/company-rows';
import { makeCustomer } from '@/testing/make-customer';
import { applyEvent } from './apply-event';
import { rollUpCompanies, rollUpMissing } from './roll-up';

type Versions = Record<'companies' | 'reads' | 'list' | 'search' | 'connection', string>;

/** Which transaction wrote each row of a company. */
async function versions(companyId: string): Promise<Versions> {
  const { rows } = await getDb().execute<Versions>(sql`
    select c.xmin::text as companies, r.xmin::text as reads, l.xmin::text as list,
      s.xmin::text as search,
      (select max(n.xmin::text) from connections n where n.company_id = c.id) as connection
    from companies c join company_reads r on r.company_id = c.id
      join company_list l on l.company_id = c.id join company_search s on s.company_id = c.id
    where c.id = ${companyId}`);
  if (!rows[0]) throw new Error('no company');
  return rows[0];
}

async function changedRows(companyId: string, run: () => Promise<unknown>): Promise<string[]> {
  const before = await versions(companyId);
  await run();
  const after = await versions(companyId);
  return Object.keys(before).filter(
    (name) => before[name as keyof Versions] !== after[name as keyof Versions],
  );
}

async function makeConnected() {
  const { companyId, actor } = await makeCustomer({ name: 'Blue Bikes' });
  const id = crypto.randomUUID();
  await getDb()
    .insert(connections)
    .values({
      ...{ id, companyId, platformKey: 'gbol', platformName: 'Xero', sourceType: 'Accounting' },
      status: 'Linked',
    });
  await rollUpCompanies(getDb(), [companyId]);
  return { companyId, actor, connectionId: id };
}

const event = (companyId: string, id: string, status: string) =>
  getDb().transaction((tx) =>
    applyEvent(tx, companyId, {
      ...{ kind: 'connection', webhookId: crypto.randomUUID(), deleted: false },
      ...{ generatedAt: null, receivedAt: new Date() },
      connection: {
        ...{ id, platformKey: 'gbol', platformName: 'Xero', integrationId: null, sourceId: null },
        ...{ sourceType: 'Accounting', status, createdAt: null, lastSyncAt: null, errors: [] },
      },
    }),
  );

it('writes what differs and nothing else', async () => {
  const { companyId, connectionId } = await makeConnected();
  const rollUp = () => rollUpCompanies(getDb(), [companyId]);
  expect(await changedRows(companyId, rollUp)).toEqual([]);
  const name = 'Green Bikes';
  expect(await changedRows(companyId, () => setCompany(companyId, { name }))).toEqual([
    'companies',
    'list',
    'search',
  ]);
  expect(
    await changedRows(companyId, () => event(companyId, connectionId, 'Deauthorized')),
  ).toEqual(['reads', 'list', 'connection']);
  expect(
    await changedRows(companyId, () => event(companyId, connectionId, 'Deauthorized')),
  ).toEqual(['reads', 'connection']);
});

it('keeps since when a state has lasted, whatever else changes', async () => {
  const { companyId, connectionId } = await makeConnected();
  const { attentionSince } = await storedCompany(companyId);
  await setCompany(companyId, { name: 'Green Bikes' });
  expect(await storedCompany(companyId)).toMatchObject({ attentionSince, name: 'Green Bikes' });
  await event(companyId, connectionId, 'Deauthorized');
  const now = await storedCompany(companyId);
  expect(now.attention).toBe('needs_reconnect');
  expect(now.attentionSince.getTime()).toBeGreaterThan(attentionSince.getTime());
});

it('finds what came by other hands; what was read of it has a row from the start', async () => {
  const id = crypto.randomUUID();
  await getDb().insert(companies).values({ id, name: 'By Hand' });
  await expect(storedCompany(id)).rejects.toThrow('no company');
  await rollUpMissing(getDb());
  expect(await storedCompany(id)).toMatchObject({
    ...{ name: 'By Hand', attention: 'provisioning', ownerEmail: '', connectionCount: 0 },
    ...{ searchText: `by hand ${id}`, readsRequested: 0, readAt: null },
  });
});

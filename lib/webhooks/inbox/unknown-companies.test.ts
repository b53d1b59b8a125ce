import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Db, getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { unknownCompanies } from '@/db/schema/sync';
import { webhookEvents } from '@/db/schema/webhooks';
import { storedCompany } from '@/testing/company-rows';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCustomer } from '@/testing/make-customer';
import { makeEvent } from '@/testing/make-event';
import { processInboxBatch } from './process-inbox';
import { adoptUnknown } from './unknown-companies';

let codat: LocalCodat;
let db: Db;

beforeAll(async () => {
  codat = await startLocalCodat();
  await codat.control('PUT', '/settings', { initialReadDelayMs: 3_600_000 });
  db = getDb();
});
afterAll(() => codat?.stop());
beforeEach(async () => {
  await codat.control('DELETE', '/faults');
  await codat.control('DELETE', '/requests');
  await db.delete(unknownCompanies);
});

async function makeAtCodat(tags: Record<string, string> = {}): Promise<string> {
  const authorization = `Basic ${Buffer.from('test-key').toString('base64')}`;
  const response = await fetch(`${codat.url}/companies`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Walk-in Ltd', tags }),
  });
  const { id } = (await response.json()) as { id: string };
  await codat.control('DELETE', '/requests');
  return id;
}

const drain = async () => {
  while ((await processInboxBatch()) > 0);
};

/** As some seconds later. */
const wait = (seconds: number) =>
  db.execute(sql`update unknown_companies set
    ask_at = ask_at - ${seconds} * interval '1 second',
    asked_at = asked_at - ${seconds} * interval '1 second'`);

async function tell(codatCompanyId: string, eventType = 'company.created'): Promise<string> {
  const { webhookId } = await makeEvent({ codatCompanyId, eventType });
  await drain();
  return webhookId;
}

async function companyOf(codatCompanyId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ id: companies.id })
    .from(companies)
    .where(eq(companies.codatCompanyId, codatCompanyId));
  return row?.id;
}

it('a company made at Codat is adopted by one read, whatever its events are', async () => {
  for (const type of ['company.created', 'connection.created', 'read.completed']) {
    const codatCompanyId = await makeAtCodat();
    const path = `/companies/${codatCompanyId}/connections`;
    await codat.control('POST', path, { platformKey: 'gbol', status: 'Linked' });
    const webhookIds = [await tell(codatCompanyId, type), await tell(codatCompanyId, type)];
    expect(await adoptUnknown(db), 'its own setup may be about to record it').toBe(0);
    await wait(5);
    expect(await adoptUnknown(db)).toBe(1);
    expect(await adoptUnknown(db)).toBe(0);
    expect(await codat.calls()).toEqual([`GET /companies/${codatCompanyId} 200`]);
    await codat.control('DELETE', '/requests');
    const companyId = (await companyOf(codatCompanyId)) ?? '';
    expect(await storedCompany(companyId)).toMatchObject({ origin: 'codat', attention: 'ok' });
    await drain();
    for (const webhookId of webhookIds) {
      const [event] = await db
        .select()
        .from(webhookEvents)
        .where(eq(webhookEvents.webhookId, webhookId));
      expect(event).toMatchObject({ state: 'processed', companyId });
    }
  }
});

it('is not asked for once its own setup has recorded it, and becomes the company that waits for it', async () => {
  const known = await makeAtCodat();
  await tell(known);
  await makeCustomer({ codatCompanyId: known });
  const waiting = await makeCustomer({ codatCompanyId: null });
  const orphan = await makeAtCodat({ uid: waiting.companyId });
  await tell(orphan);
  await wait(5);
  expect(await adoptUnknown(db)).toBe(1);
  expect(await codat.calls()).toEqual([`GET /companies/${orphan} 200`]);
  expect(await companyOf(orphan)).toBe(waiting.companyId);
});

it('costs one call however often a foreign id is named, and few however many there are', async () => {
  const foreign = crypto.randomUUID();
  for (let i = 0; i < 30; i += 1) await makeEvent({ codatCompanyId: foreign });
  await drain();
  await wait(5);
  await adoptUnknown(db);
  expect(await codat.calls()).toEqual([`GET /companies/${foreign} 404`]);
  // Named again, it is not asked for again until its time has come.
  await tell(foreign);
  await wait(6);
  await adoptUnknown(db);
  expect(await codat.calls()).toHaveLength(1);
  const many = Array.from({ length: 200 }, () => crypto.randomUUID());
  for (const codatCompanyId of many) await makeEvent({ codatCompanyId });
  await drain();
  await wait(5);
  for (let minute = 0; minute < 50; minute += 1) {
    await wait(60);
    await Promise.all([adoptUnknown(db), adoptUnknown(db)]);
  }
  expect((await codat.calls()).length).toBeLessThanOrEqual(15);
});

it('waits where Codat does not answer, and tries again later and later', async () => {
  const codatCompanyId = await makeAtCodat();
  await tell(codatCompanyId);
  await wait(5);
  await codat.control('POST', '/faults', { path: '/companies', status: 429, retryAfter: 60 });
  await adoptUnknown(db);
  await adoptUnknown(db);
  expect(await codat.calls()).toHaveLength(1);
  await codat.control('DELETE', '/faults');
  await wait(31);
  expect(await adoptUnknown(db)).toBe(1);
});

it('does not ask for a company that its event says is deleted', async () => {
  await tell(await makeAtCodat(), 'company.deleted');
  expect(await db.$count(unknownCompanies)).toBe(0);
});

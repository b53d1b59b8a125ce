import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Db, getDb } from '@/db/client';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import { operatorSettings } from '@/db/schema/operations';
import type { CompanySnapshot, ConnectionSnapshot } from '@/lib/codat/transform';
import { applyRead } from '@/lib/sync/apply-read';
import { beginRead } from '@/lib/sync/read-ticket';
import { processInboxBatch } from '@/lib/webhooks/inbox/process-inbox';
import { receiveDelivery } from '@/lib/webhooks/inbox/receive';
import { storedCompany } from '@/testing/company-rows';
import { makeCustomer } from '@/testing/make-customer';
import { makeOwnDatabase } from '@/testing/own-database';
import { sign } from '@/testing/sign-delivery';
import { lookAtDueConnections } from './look-again';
import { getSyncSchedule, refreshSyncSchedule } from './sync-schedule';

/** Codat's sync settings and nothing else. */
const codat = { status: 200, client: 24, company: 24, asked: [] as string[] };
let server: Server;
let db: Db;
// Its timers are all that fire: companies of other tests would use up the calls of a turn.
const dropDatabase = await makeOwnDatabase('health');

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    codat.asked.push(url.replace(/[0-9a-f-]{36}/, '{id}'));
    const hours = url.startsWith('/profile') ? codat.client : codat.company;
    const settings = [
      { dataType: 'invoices', fetchOnFirstLink: true, syncSchedule: Math.min(1, hours) },
      { dataType: 'bills', fetchOnFirstLink: true, syncSchedule: hours },
      { dataType: 'company', fetchOnFirstLink: true, syncSchedule: 0 },
    ];
    response.writeHead(codat.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(codat.status === 200 ? { settings } : { error: 'NotFound' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.CODAT_API_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  db = getDb();
});
afterAll(async () => {
  server.close();
  await db.$client.end();
  await dropDatabase();
});
beforeEach(async () => {
  Object.assign(codat, { status: 200, client: 24, company: 24, asked: [] });
  await db.delete(operatorSettings);
  // Those of the tests before would use up the calls of a turn.
  await db.update(connections).set({ healthDueAt: null, removedAt: new Date() });
});

const day = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * day);

const item = (id: string, change: Partial<ConnectionSnapshot> = {}): ConnectionSnapshot => ({
  ...{ id, platformKey: 'gbol', platformName: 'Xero', integrationId: null, sourceId: null },
  ...{ sourceType: 'Accounting', status: 'Linked', createdAt: ago(300), lastSyncAt: ago(0) },
  ...{ errors: [], ...change },
});

async function read(companyId: string, ...items: ConnectionSnapshot[]): Promise<void> {
  const ticket = await beginRead(db, companyId);
  if (!ticket) throw new Error('no ticket');
  const snapshot: CompanySnapshot = {
    ...{ codatCompanyId: ticket.codatCompanyId, name: '', description: null, tags: {} },
    ...{ parentId: null, subsidiaryIds: [], tagsComplete: true, uid: null, createdAt: null },
    ...{ connections: items, complete: true },
  };
  await applyRead(db, ticket, snapshot, 'read');
}

async function stored(id: string) {
  const [row] = await db.select().from(connections).where(eq(connections.id, id));
  if (!row) throw new Error('no connection');
  return row;
}

/** Fires the timers, whenever they are due. */
async function passTime(companyId: string): Promise<void> {
  await db
    .update(connections)
    .set({ healthDueAt: sql`now()` })
    .where(eq(connections.companyId, companyId));
  while (await lookAtDueConnections());
}

const history = async (id: string) =>
  db
    .select({
      ...{ from: connectionStatusChanges.fromStatus, health: connectionStatusChanges.health },
      source: connectionStatusChanges.source,
    })
    .from(connectionStatusChanges)
    .where(eq(connectionStatusChanges.connectionId, id))
    .orderBy(connectionStatusChanges.recordedAt);

async function connected(lastSyncAt: Date | null = ago(0)) {
  const { companyId, codatCompanyId } = await makeCustomer();
  const id = crypto.randomUUID();
  await read(companyId, item(id, { lastSyncAt }));
  return { companyId, codatCompanyId, id };
}

describe('data that is overdue', () => {
  it('stops by Codat’s schedule, asked once, and comes again with the next sync', async () => {
    await refreshSyncSchedule();
    const { companyId, id } = await connected(ago(45));
    await passTime(companyId);
    expect(codat.asked).toEqual(['/profile/syncSettings', '/companies/{id}/syncSettings']);
    const stopped = await stored(id);
    expect(stopped).toMatchObject({ state: 'stopped', status: 'Linked', stoppedWhy: 'overdue' });
    expect(stopped.stateSince).toEqual(stopped.lastSyncAt);
    expect(await storedCompany(companyId)).toMatchObject({
      ...{ attention: 'data_stopped', facets: expect.arrayContaining(['stopped|gbol|']) },
    });
    const company = await storedCompany(companyId);
    expect(company.facets).not.toContain('Linked||');
    // Since the data stopped, not since the portal noticed.
    expect(company.attentionSince).toEqual(stopped.stoppedSince);

    await passTime(companyId);
    expect(codat.asked).toHaveLength(2);
    await read(companyId, item(id));
    expect(await stored(id)).toMatchObject({ state: 'Linked', stoppedWhy: null });
    expect(await storedCompany(companyId)).toMatchObject({ attention: 'ok' });
    expect((await history(id)).slice(1)).toEqual([
      // It was so already when it was first seen.
      { from: null, health: 'stopped', source: 'clock' },
      { from: 'Linked', health: 'resumed', source: 'read' },
    ]);
  });

  it('is armed once, not at each sync, and armed again when it fires', async () => {
    await refreshSyncSchedule();
    const { companyId, id } = await connected(ago(1));
    const { healthDueAt } = await stored(id);
    expect(healthDueAt?.getTime()).toBeCloseTo(ago(-2).getTime(), -4);
    await read(companyId, item(id));
    expect((await stored(id)).healthDueAt).toEqual(healthDueAt);
    await passTime(companyId);
    expect((await stored(id)).healthDueAt?.getTime()).toBeCloseTo(ago(-3).getTime(), -4);
    expect(codat.asked).toEqual(['/profile/syncSettings']);
  });

  it('is no fault when the company’s own settings say so, or can’t be read', async () => {
    await refreshSyncSchedule();
    codat.company = 31 * 24;
    const monthly = await connected(ago(45));
    await passTime(monthly.companyId);
    expect(await stored(monthly.id)).toMatchObject({ state: 'Linked' });
    codat.status = 404;
    const unknown = await connected(ago(45));
    await passTime(unknown.companyId);
    const row = await stored(unknown.id);
    expect(row.state).toBe('Linked');
    expect(row.healthDueAt?.getTime()).toBeCloseTo(ago(-1).getTime(), -4);
  });

  it('is no fault without a schedule, and all are looked at again once there is one', async () => {
    codat.status = 403;
    await refreshSyncSchedule();
    expect(await getSyncSchedule(db)).toMatchObject({ hours: null, problem: '403' });
    const { id } = await connected(ago(45));
    expect(await stored(id)).toMatchObject({ state: 'Linked', healthDueAt: null });
    codat.status = 200;
    await refreshSyncSchedule();
    expect((await stored(id)).healthDueAt).not.toBeNull();
    while (await lookAtDueConnections());
    expect(await stored(id)).toMatchObject({ state: 'stopped' });
    codat.client = 0;
    await db.delete(operatorSettings).where(eq(operatorSettings.key, 'codat-sync-schedule'));
    await refreshSyncSchedule();
    while (await lookAtDueConnections());
    expect(await stored(id)).toMatchObject({ state: 'Linked' });
  });

  it('keeps what Codat said last while it is down', async () => {
    await refreshSyncSchedule();
    const old = new Date(Date.now() - 2 * day).toISOString();
    await db.execute(sql`update operator_settings
      set value = jsonb_set(value, '{readAt}', ${JSON.stringify(old)}::jsonb)
      where key = 'codat-sync-schedule'`);
    codat.status = 503;
    await refreshSyncSchedule();
    expect(await getSyncSchedule(db)).toMatchObject({ hours: 24, problem: '503' });
  });
});

const dataType = (connectionId: string, status: string, name = 'invoices') => ({
  ...{ connectionId, dataType: name, recordsModified: false, status, issues: [] },
});

async function deliver(codatCompanyId: string, dataTypes: unknown[], eventType = 'read.completed') {
  const referenceCompany = { id: codatCompanyId, name: 'x' };
  const generatedDate = new Date().toISOString();
  const body = { eventType, generatedDate, payload: { referenceCompany, dataTypes } };
  await receiveDelivery(sign(`msg_${crypto.randomUUID()}`, body));
  while ((await processInboxBatch()) > 0);
}

describe('failed reads', () => {
  it.each([
    'read.completed',
    'read.completed.initial',
    'read.completed.unsuccessful',
    'lending.read.completed',
    'spend-insights.read.completed.unsuccessful',
  ])('stop data by %s, until a read succeeds', async (eventType) => {
    const { codatCompanyId, companyId, id } = await connected();
    const failed = ['invoices', 'bills'].map((name) => dataType(id, 'FetchError', name));
    await deliver(codatCompanyId, failed, eventType);
    expect(await stored(id)).toMatchObject({
      ...{ state: 'stopped', stoppedWhy: 'platform' },
      readFailure: { status: 'FetchError', dataTypes: ['invoices', 'bills'] },
    });
    expect(await storedCompany(companyId)).toMatchObject({ attention: 'data_stopped' });
    const good = eventType.replace('unsuccessful', 'successful');
    await deliver(codatCompanyId, [dataType(id, 'Complete')], good);
    // The trace stays.
    expect(await stored(id)).toMatchObject({ state: 'Linked', readFailure: expect.anything() });
    expect((await history(id)).slice(1)).toMatchObject([
      { from: 'Linked', health: 'stopped', source: 'webhook' },
      { health: 'resumed', source: 'webhook' },
    ]);
  });

  it('of one data type among many leave a trace and stop nothing', async () => {
    const { codatCompanyId, id } = await connected();
    const types = [dataType(id, 'Complete'), dataType(id, 'FetchError', 'bills')];
    await deliver(codatCompanyId, types);
    expect(await stored(id)).toMatchObject({
      ...{ state: 'Linked', readFailure: { status: 'FetchError', dataTypes: ['bills'] } },
    });
  });

  it('are those of the connection, and of no other company’s', async () => {
    const [one, other] = [await connected(), await connected()];
    const types = [dataType(other.id, 'AuthError'), dataType('no such', 'AuthError'), 7, null];
    await deliver(one.codatCompanyId, types);
    expect(await stored(other.id)).toMatchObject({ state: 'Linked', readFailure: null });
  });

  it('end without a word when the access ends', async () => {
    const { codatCompanyId, companyId, id } = await connected();
    await deliver(codatCompanyId, [dataType(id, 'AuthError')]);
    expect(await stored(id)).toMatchObject({ state: 'stopped', stoppedWhy: 'sign_in' });
    await read(companyId, item(id, { status: 'Deauthorized' }));
    expect(await stored(id)).toMatchObject({ state: 'Deauthorized', stoppedWhy: null });
    expect(await storedCompany(companyId)).toMatchObject({ attention: 'needs_reconnect' });
    expect((await history(id)).map(({ health }) => health)).toEqual([null, 'stopped', null]);
  });
});

it('errors that are open at Codat stop data, found by whatever read sees them', async () => {
  const { companyId, id } = await connected(ago(45));
  const error = {
    ...{ statusCode: '401', statusText: null, message: 'Refresh token expired' },
    ...{ at: ago(44).toISOString(), state: 'Active' },
  };
  await read(companyId, item(id, { lastSyncAt: ago(45), errors: [error] }));
  expect(await stored(id)).toMatchObject({ state: 'stopped', stoppedWhy: 'sign_in' });
  const resolved = { ...error, state: 'Resolved' };
  await read(companyId, item(id, { lastSyncAt: ago(45), errors: [resolved] }));
  expect(await stored(id)).toMatchObject({ state: 'Linked' });
});

it('a connection first seen by a read did not change just now', async () => {
  const { companyId } = await makeCustomer();
  const [linked, pending, ended] = ['Linked', 'PendingAuth', 'Deauthorized'].map((status) =>
    item(crypto.randomUUID(), { status }),
  );
  if (!linked || !pending || !ended) throw new Error('three');
  await read(companyId, linked, pending, ended);
  expect((await stored(linked.id)).stateSince).toEqual(linked.createdAt);
  expect((await stored(pending.id)).stateSince).toEqual(pending.createdAt);
  expect((await stored(ended.id)).stateSince).toBeNull();
  await read(companyId, linked, { ...pending, status: 'Linked' }, ended);
  expect((await stored(pending.id)).stateSince?.getTime()).toBeGreaterThan(ago(1).getTime());
});

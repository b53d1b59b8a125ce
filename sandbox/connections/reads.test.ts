import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { completeScheduledReads } from '@/sandbox/connections/reads';
import { startTestSandbox, type TestSandbox } from '@/sandbox/testing/start-test-sandbox';
import { waitUntil } from '@/sandbox/testing/wait-until';
import { startWebhookReceiver, type WebhookReceiver } from '@/sandbox/testing/webhook-receiver';

const DAY_MS = 24 * 60 * 60 * 1000;
const READ_EVENTS = [
  ...['read.completed', 'read.completed.initial', 'read.completed.successful'],
  ...['read.completed.unsuccessful', 'read.completed.successful.initial'],
  ...['shop.read.completed', 'shop.read.completed.successful'],
];

let test: TestSandbox;
let receiver: WebhookReceiver;
let companyId: string;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  test = await startTestSandbox();
  await test.call('POST', '/webhooks', { url: receiver.url, eventTypes: READ_EVENTS });
});
afterAll(async () => {
  await test.stop();
  await receiver.stop();
});
beforeEach(async () => {
  receiver.received.length = 0;
  await test.control('PUT', '/settings', {
    ...{ initialReadDelayMs: 0, syncSettings: 'daily', customProduct: null, neverSynced: 'absent' },
  });
  companyId = (await test.createCompany()).id;
});

const connection = async () => (await test.readCompany(companyId)).dataConnections[0];
const sorted = () => receiver.eventTypes().toSorted();
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

async function linked(platformKey = 'gbol'): Promise<string> {
  const { id } = await test.addConnection(companyId, platformKey, 'Linked');
  return id;
}

async function linkedAndRead(): Promise<string> {
  const id = await linked();
  await waitUntil(() => receiver.received.length >= 3);
  receiver.received.length = 0;
  return id;
}

describe('reads', () => {
  it('announce the first one in each of its forms', async () => {
    await linked();
    await waitUntil(() => receiver.received.length === 3);
    expect(sorted()).toEqual([
      ...['read.completed.initial', 'read.completed.successful'],
      'read.completed.successful.initial',
    ]);
    const modified = receiver.received.map(({ event }) => [
      event.eventType.endsWith('.successful.initial'),
      (event.payload.dataTypes as { recordsModified: boolean }[])[0]?.recordsModified,
    ]);
    expect(modified).toContainEqual([true, false]);
    expect(modified).toContainEqual([false, true]);
  });

  it('fail with a status and a reason, and leave lastSync alone', async () => {
    const id = await linkedAndRead();
    const before = (await connection())?.lastSync;
    const failure = { status: 'PermissionsError', message: 'No access to bills' };
    await test.control('POST', `/connections/${id}/read`, failure);
    await waitUntil(() => receiver.received.length === 2);
    expect(sorted()).toEqual(['read.completed', 'read.completed.unsuccessful']);
    expect(receiver.received[0]?.event.payload.dataTypes).toMatchObject([
      { connectionId: id, status: 'PermissionsError', issues: [{ message: 'No access to bills' }] },
      {},
      {},
      {},
      {},
      {},
    ]);
    expect((await connection())?.lastSync).toBe(before);
    expect((await connection())?.status).toBe('Linked');
  });

  it('fail in part, and then lastSync moves', async () => {
    const id = await linkedAndRead();
    await test.control('POST', `/connections/${id}/stop`, { lastSync: ago(DAY_MS) });
    const partly = { status: 'FetchError', dataTypes: ['bills'] };
    await test.control('POST', `/connections/${id}/read`, partly);
    await waitUntil(() => receiver.received.length === 2);
    const dataTypes = receiver.received[0]?.event.payload.dataTypes as { status: string }[];
    expect(dataTypes.filter(({ status }) => status !== 'Complete')).toMatchObject([
      { dataType: 'bills', status: 'FetchError' },
    ]);
    expect((await connection())?.lastSync?.slice(0, 10)).toBe(ago(0).slice(0, 10));
  });

  it('are announced under a product of the client’s own', async () => {
    await test.control('PUT', '/settings', { customProduct: 'shop' });
    await linked();
    await waitUntil(() => receiver.received.length === 2);
    expect(sorted()).toEqual(['shop.read.completed', 'shop.read.completed.successful']);
  });

  it('are repeated by schedule, never once they are stopped or nothing is scheduled', async () => {
    const id = await linkedAndRead();
    const { world } = test.sandbox;
    const age = (lastSyncMs: number) =>
      world.store.run('UPDATE connections SET last_sync_ms = ? WHERE id = ?', lastSyncMs, id);
    const read = async () => {
      completeScheduledReads(world);
      return Date.parse((await connection())?.lastSync ?? '') > Date.now() - 60_000;
    };
    age(Date.now() - DAY_MS - 1000);
    expect(await read()).toBe(true);
    age(Date.now() - DAY_MS + 60_000);
    expect(await read()).toBe(false);
    await test.control('PUT', '/settings', { syncSettings: 'hourly' });
    expect(await read()).toBe(true);
    age(Date.now() - 90 * DAY_MS);
    await test.control('PUT', '/settings', { syncSettings: 'none' });
    expect(await read()).toBe(false);
    await test.control('PUT', `/companies/${companyId}/syncSettings`, { syncSchedule: 2 });
    expect(await read()).toBe(true);
    await test.control('POST', `/connections/${id}/stop`, { lastSync: ago(9 * DAY_MS) });
    expect(await read()).toBe(false);
    await test.control('POST', `/connections/${id}/read`);
    expect(await read()).toBe(true);
  });

  it('don’t start for QuickBooks Desktop before its evening', async () => {
    await linked('pqsw');
    const due = test.sandbox.world.store.get<{ due_at: number }>(
      'SELECT due_at FROM initial_reads WHERE connection_id = ?',
      (await connection())?.id ?? '',
    );
    expect(new Date(due?.due_at ?? 0).getUTCHours()).toBe(19);
    expect(due?.due_at).toBeGreaterThan(Date.now());
    expect(await connection()).not.toHaveProperty('lastSync');
  });

  it('never happen for expenses and uploaded files, which are linked from the start', async () => {
    for (const platformKey of ['xpns', 'acfu']) {
      const path = `/companies/${companyId}/connections`;
      const { json } = await test.call('POST', path, { platformKey });
      expect(json.status).toBe('Linked');
    }
    const { dataConnections } = await test.readCompany(companyId);
    expect(dataConnections.map(({ sourceType }) => sourceType)).toEqual(['Expense', 'Other']);
    expect(receiver.received).toEqual([]);
  });
});

describe('errors and sync settings', () => {
  it('puts an active error on a linked connection, and resolves it', async () => {
    const id = await linked();
    await test.control('POST', `/connections/${id}/error`, { statusCode: 502 });
    expect(await connection()).toMatchObject({
      status: 'Linked',
      dataConnectionErrors: [{ statusCode: '502', status: 'Active' }],
    });
    await test.control('POST', `/connections/${id}/resolve`);
    expect((await connection())?.dataConnectionErrors?.[0]?.status).toBe('Resolved');
  });

  it.each([
    ['daily', 24],
    ['hourly', 1],
    ['monthly', 720],
    ['none', 0],
  ])('tells that data is read: %s', async (syncSettings, hours) => {
    await test.control('PUT', '/settings', { syncSettings });
    const { json } = await test.call<{
      settings: { dataType: string; fetchOnFirstLink: boolean; syncSchedule: number }[];
    }>('GET', '/profile/syncSettings');
    expect(json).toMatchObject({ clientId: expect.any(String), overridesDefaults: false });
    const enabled = json.settings.filter(({ fetchOnFirstLink }) => fetchOnFirstLink);
    expect(new Set(enabled.map(({ syncSchedule }) => syncSchedule))).toEqual(new Set([hours]));
  });

  it('tells where a company differs, and refuses on demand', async () => {
    const path = `/companies/${companyId}/syncSettings`;
    expect((await test.call('GET', path)).json.overridesDefaults).toBe(false);
    await test.control('PUT', path, { syncSchedule: 168 });
    expect((await test.call('GET', path)).json).toMatchObject({
      overridesDefaults: true,
      settings: expect.arrayContaining([expect.objectContaining({ syncSchedule: 168 })]),
    });
    await test.control('PUT', '/settings', { syncSettings: 'forbidden' });
    expect((await test.call('GET', '/profile/syncSettings')).status).toBe(403);
    await test.control('PUT', '/settings', { syncSettings: 'missing' });
    expect((await test.call('GET', path)).status).toBe(404);
  });
});

import { eq, inArray, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { webhookEvents } from '@/db/schema/webhooks';
import { storedCompany } from '@/testing/company-rows';
import { makeCustomer } from '@/testing/make-customer';
import { sign } from '@/testing/sign-delivery';
import { maxAttempts, processInboxBatch } from './process-inbox';
import { receiveDelivery } from './receive';

const db = getDb();

type Customer = Awaited<ReturnType<typeof makeCustomer>>;

function event({ codatCompanyId }: Customer, connection: object | null, more: object = {}) {
  return {
    eventType: 'connection.connected',
    generatedDate: new Date().toISOString(),
    payload: { referenceCompany: { id: codatCompanyId }, connection },
    ...more,
  };
}

function linked(id: string, more: object = {}) {
  return { id, status: 'Linked', platformName: 'Xero', sourceType: 'Accounting', ...more };
}

/** Delivers and answers the id under which the event is stored. */
async function deliver(body: unknown): Promise<string> {
  const id = `msg_${crypto.randomUUID()}`;
  expect(await receiveDelivery(sign(id, body))).toBe(204);
  return id;
}

async function drain(): Promise<void> {
  while ((await processInboxBatch()) > 0);
}

async function stored(webhookId: string) {
  const [row] = await db.select().from(webhookEvents).where(eq(webhookEvents.webhookId, webhookId));
  if (!row) throw new Error('no event');
  return row;
}

async function connectionOf(id: string) {
  const [row] = await db.select().from(connections).where(eq(connections.id, id));
  return row;
}

const companyOf = ({ companyId }: Customer) => storedCompany(companyId);

describe('an event that cannot be applied', () => {
  /** One about a connection that is another company's already: it fails at every try. */
  async function makePoison(): Promise<string> {
    const [owner, other] = [await makeCustomer(), await makeCustomer()];
    const connectionId = crypto.randomUUID();
    await deliver(event(owner, linked(connectionId)));
    await drain();
    return deliver(event(other, linked(connectionId)));
  }

  it('delays no other, of the same batch or later', async () => {
    const poison = await makePoison();
    const customer = await makeCustomer();
    const ids: string[] = [];
    for (let i = 0; i < 20; i += 1) {
      ids.push(await deliver(event(customer, linked(crypto.randomUUID()))));
    }
    expect(await processInboxBatch()).toBe(21);
    const states = async () => {
      const rows = await db
        .select({ state: webhookEvents.state, attempts: webhookEvents.attempts })
        .from(webhookEvents)
        .where(inArray(webhookEvents.webhookId, ids));
      return new Set(rows.map(({ state, attempts }) => `${state} ${attempts}`));
    };
    expect(await states()).toEqual(new Set(['processed 1']));
    ids.push(await deliver(event(customer, linked(crypto.randomUUID()))));
    expect(await processInboxBatch()).toBe(1);
    expect(await states()).toEqual(new Set(['processed 1']));
    expect(await stored(poison)).toMatchObject({ state: 'pending', attempts: 1 });
  });

  it('comes back after growing delays, and then waits as a dead letter', async () => {
    // The poison of other tests is due again in the next seconds.
    await db.delete(webhookEvents).where(eq(webhookEvents.state, 'pending'));
    const id = await makePoison();
    const delays: number[] = [];
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      await db
        .update(webhookEvents)
        .set({ dueAt: new Date(0) })
        .where(eq(webhookEvents.webhookId, id));
      expect(await processInboxBatch()).toBe(1);
      const [row] = (
        await db.execute<{ delay: number }>(sql`
          select extract(epoch from due_at - now())::float as delay from webhook_events
          where webhook_id = ${id}`)
      ).rows;
      delays.push(Math.round(row?.delay ?? 0));
    }
    expect(delays.slice(0, -1)).toEqual(delays.slice(0, -1).toSorted((a, b) => a - b));
    expect(delays[0]).toBe(2);
    expect(delays.at(-2)).toBeGreaterThan(100);
    expect(await stored(id)).toMatchObject({
      state: 'dead',
      attempts: maxAttempts,
      lastError: 'the connection belongs to another company',
    });
    await db
      .update(webhookEvents)
      .set({ dueAt: new Date(0) })
      .where(eq(webhookEvents.webhookId, id));
    expect(await processInboxBatch()).toBe(0);
  });
});

describe('an event with', () => {
  it('an unknown status is kept as it is, and Codat is asked', async () => {
    const customer = await makeCustomer();
    const id = crypto.randomUUID();
    const webhookId = await deliver(event(customer, linked(id, { status: 'Hibernating' })));
    await drain();
    expect((await stored(webhookId)).state).toBe('processed');
    expect(await connectionOf(id)).toMatchObject({ status: 'Hibernating', removedAt: null });
    expect((await companyOf(customer)).readDueAt).not.toBeNull();
  });

  it('nulls and nothing in the fields of its connection still tells its status', async () => {
    const customer = await makeCustomer();
    const [nulls, bare] = [crypto.randomUUID(), crypto.randomUUID()];
    const absent = {
      integrationKey: null,
      integrationId: null,
      sourceId: null,
      platformName: null,
      sourceType: null,
      created: null,
      lastSync: null,
      linkUrl: null,
      dataConnectionErrors: null,
    };
    await deliver(event(customer, { id: nulls, status: 'Linked', ...absent }));
    await deliver(event(customer, { id: bare, status: 'Linked' }, { generatedDate: null }));
    await drain();
    for (const id of [nulls, bare]) {
      expect(await connectionOf(id)).toMatchObject({
        status: 'Linked',
        platformName: 'Unknown platform',
        platformKey: null,
        errors: [],
      });
    }
  });

  it.each([
    ['no connection', {}],
    ['null for its connection', { connection: null }],
    ['a text for its connection', { connection: 'Xero' }],
    ['a connection without an id', { connection: { status: 'Linked' } }],
    ['a connection without a status', { connection: { id: 'x' } }],
    ['a connection whose status is null', { connection: { id: 'x', status: null } }],
  ])('%s changes nothing, and Codat is asked', async (_name, payload) => {
    const customer = await makeCustomer();
    const referenceCompany = { id: customer.codatCompanyId };
    const body = { ...event(customer, null), payload: { referenceCompany, ...payload } };
    const webhookId = await deliver(body);
    await drain();
    expect(await stored(webhookId)).toMatchObject({ state: 'processed', attempts: 1 });
    const row = await companyOf(customer);
    expect([row.readDueAt === null, row.connectionCount]).toEqual([false, 0]);
  });

  it.each([
    ['no payload', { payload: undefined }],
    ['null for its payload', { payload: null }],
    ['a list for its payload', { payload: [] }],
    ['null for its company', { payload: { referenceCompany: null } }],
    ['a number for the id of its company', { payload: { referenceCompany: { id: 7 } } }],
  ])('%s is about no company here, and is kept', async (_name, odd) => {
    const webhookId = await deliver({ ...event(await makeCustomer(), null), ...odd });
    await drain();
    expect(await stored(webhookId)).toMatchObject({ state: 'unmatched', attempts: 1 });
  });

  it('fields that nobody knows is applied all the same', async () => {
    const customer = await makeCustomer();
    const id = crypto.randomUUID();
    const extra = { mood: 'sunny', nested: { deep: [1, null, { a: 'b' }] } };
    const webhookId = await deliver(event(customer, linked(id, extra), extra));
    await drain();
    expect(await stored(webhookId)).toMatchObject({ state: 'processed' });
    expect(await connectionOf(id)).toMatchObject({ status: 'Linked' });
  });
});

describe('an event about what is gone', () => {
  it('neither brings a removed connection back nor changes it, if it is the older', async () => {
    const customer = await makeCustomer();
    const id = crypto.randomUUID();
    const at = (secondsAgo: number) => ({
      generatedDate: new Date(Date.now() - secondsAgo * 1000).toISOString(),
    });
    await deliver(event(customer, linked(id), at(60)));
    const removal = { eventType: 'connection.deleted', ...at(30) };
    await deliver(event(customer, linked(id), removal));
    await deliver(event(customer, linked(id, { status: 'Deauthorized' }), at(45)));
    await drain();
    const row = await connectionOf(id);
    expect(row?.removedAt).not.toBeNull();
    expect((await companyOf(customer)).connectionCount).toBe(0);
  });

  it('shows a removed connection again if it is the newer, until Codat is asked', async () => {
    const customer = await makeCustomer();
    const id = crypto.randomUUID();
    await deliver(event(customer, linked(id), { eventType: 'connection.deleted' }));
    await drain();
    await deliver(event(customer, linked(id), { eventType: 'connection.reconnected' }));
    await drain();
    expect(await connectionOf(id)).toMatchObject({ status: 'Linked', removedAt: null });
    expect((await companyOf(customer)).readDueAt).not.toBeNull();
  });
});

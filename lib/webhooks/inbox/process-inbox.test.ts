import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import { webhookEvents, webhookIds } from '@/db/schema/webhooks';
import { storedCompany } from '@/testing/company-rows';
import { makeCustomer } from '@/testing/make-customer';
import { sign } from '@/testing/sign-delivery';
import { maxAttempts, processInboxBatch } from './process-inbox';
import { receiveDelivery } from './receive';
import { requeueMatched } from './requeue-events';

const db = getDb();

function connectionEvent(options: {
  codatCompanyId: string;
  connectionId: string;
  eventType: string;
  status: string;
  generatedDate?: string | null;
}) {
  return {
    id: crypto.randomUUID(),
    eventType: options.eventType,
    generatedDate: options.generatedDate ?? new Date().toISOString(),
    payload: {
      referenceCompany: { id: options.codatCompanyId, name: 'x' },
      connection: {
        id: options.connectionId,
        integrationKey: 'gbol',
        platformName: 'Xero',
        sourceType: 'Accounting',
        status: options.status,
        created: '2026-01-01T00:00:00Z',
        linkUrl: 'https://link-api.codat.io/x?otp=SECRET',
      },
    },
  };
}

async function drain(): Promise<void> {
  while ((await processInboxBatch()) > 0);
}

async function statusOf(connectionId: string): Promise<string | null> {
  const [row] = await db
    .select({ status: connections.status, removedAt: connections.removedAt })
    .from(connections)
    .where(eq(connections.id, connectionId));
  return row ? (row.removedAt ? 'removed' : row.status) : null;
}

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

describe('the webhook inbox', () => {
  it('stores a message once however often it comes, and applies it once', async () => {
    const { companyId, codatCompanyId } = await makeCustomer();
    const connectionId = crypto.randomUUID();
    const event = connectionEvent({
      codatCompanyId,
      connectionId,
      eventType: 'connection.connected',
      status: 'Linked',
    });
    const id = `msg_${crypto.randomUUID()}`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => receiveDelivery(sign(id, event))),
    );
    expect(new Set(answers)).toEqual(new Set([204]));
    await drain();
    await receiveDelivery(sign(id, event));
    await drain();

    const rows = await db.select().from(webhookEvents).where(eq(webhookEvents.webhookId, id));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ state: 'processed', companyId, attempts: 1 });
    expect(JSON.stringify(rows[0]?.payload)).not.toContain('SECRET');
    const [seen] = await db.select().from(webhookIds).where(eq(webhookIds.webhookId, id));
    expect(seen?.deliveries).toBe(21);
    const changes = await db
      .select()
      .from(connectionStatusChanges)
      .where(eq(connectionStatusChanges.connectionId, connectionId));
    expect(changes).toHaveLength(1);
  });

  it('ends in the newest state whatever the order of arrival, with Codat out of reach', async () => {
    const story = [
      ['connection.created', 'PendingAuth'],
      ['connection.failed', 'PendingAuth'],
      ['connection.connected', 'Linked'],
      ['connection.disconnected', 'Deauthorized'],
      ['connection.reconnected', 'Linked'],
    ] as const;
    const { codatCompanyId } = await makeCustomer();
    const start = Date.now() - 60_000;
    const wanted: string[] = [];
    for (const order of permutations([0, 1, 2, 3, 4])) {
      const connectionId = crypto.randomUUID();
      wanted.push(connectionId);
      for (const step of order) {
        const [eventType, status] = story[step] ?? story[0];
        const generatedDate = new Date(start + step * 1000).toISOString();
        const event = connectionEvent({
          codatCompanyId,
          connectionId,
          eventType,
          status,
          generatedDate,
        });
        const id = `msg_${crypto.randomUUID()}`;
        await receiveDelivery(sign(id, event));
        await receiveDelivery(sign(id, event));
      }
    }
    await drain();
    for (const connectionId of wanted) expect(await statusOf(connectionId)).toBe('Linked');
  });

  it('tells events of the same millisecond apart by the life of a connection', async () => {
    const { codatCompanyId } = await makeCustomer();
    const generatedDate = new Date(Date.now() - 5000).toISOString();
    const story = [
      ['connection.created', 'PendingAuth'],
      ['connection.connected', 'Linked'],
      ['connection.disconnected', 'Deauthorized'],
    ] as const;
    for (const order of permutations([0, 1, 2])) {
      const connectionId = crypto.randomUUID();
      for (const step of order) {
        const [eventType, status] = story[step] ?? story[0];
        const about = { codatCompanyId, connectionId, generatedDate };
        const id = `msg_${crypto.randomUUID()}`;
        await receiveDelivery(sign(id, connectionEvent({ ...about, eventType, status })));
      }
      await drain();
      expect(await statusOf(connectionId)).toBe('Deauthorized');
    }
  });

  it('sets events of a company unknown here aside, and applies them once it is known', async () => {
    const codatCompanyId = crypto.randomUUID();
    const connectionId = crypto.randomUUID();
    const id = `msg_${crypto.randomUUID()}`;
    const status = 'Linked';
    const eventType = 'connection.connected';
    await receiveDelivery(
      sign(id, connectionEvent({ codatCompanyId, connectionId, eventType, status })),
    );
    await drain();
    const stateOf = async () =>
      (await db.select().from(webhookEvents).where(eq(webhookEvents.webhookId, id)))[0]?.state;
    expect(await stateOf()).toBe('unmatched');
    await makeCustomer({ codatCompanyId });
    await requeueMatched(db);
    await drain();
    expect(await stateOf()).toBe('processed');
    expect(await statusOf(connectionId)).toBe('Linked');
  });

  it('passes by what another process is at, and takes it once that has died', async () => {
    const ids = [`msg_${crypto.randomUUID()}`, `msg_${crypto.randomUUID()}`];
    for (const id of ids) await receiveDelivery(sign(id, { eventType: 'moon.landed' }));
    const [held = '', free = ''] = ids;
    const row = (id: string) => eq(webhookEvents.webhookId, id);
    const stateOf = async (id: string) =>
      (await db.select().from(webhookEvents).where(row(id)))[0]?.state;
    const died = db.transaction(async (tx) => {
      await tx.select().from(webhookEvents).where(row(held)).for('update');
      await drain();
      expect(await stateOf(free)).toBe('ignored');
      throw new Error('died');
    });
    await expect(died).rejects.toThrow('died');
    expect(await stateOf(held)).toBe('pending');
    await drain();
    const [event] = await db.select().from(webhookEvents).where(row(held));
    expect(event).toMatchObject({ state: 'ignored', attempts: 1 });
  });

  it('keeps an event of unknown type, marked as ignored', async () => {
    const id = `msg_${crypto.randomUUID()}`;
    expect(await receiveDelivery(sign(id, { eventType: 'moon.landed', payload: null }))).toBe(204);
    await drain();
    const [row] = await db.select().from(webhookEvents).where(eq(webhookEvents.webhookId, id));
    expect(row?.state).toBe('ignored');
  });

  it('does not let a date in the far future freeze a connection', async () => {
    const { companyId, codatCompanyId } = await makeCustomer();
    const connectionId = crypto.randomUUID();
    const about = { codatCompanyId, connectionId };
    const future = {
      ...about,
      eventType: 'connection.connected',
      status: 'Linked',
      generatedDate: '2999-01-01T00:00:00Z',
    };
    await receiveDelivery(sign(`msg_${crypto.randomUUID()}`, connectionEvent(future)));
    await drain();
    const later = { ...about, eventType: 'connection.disconnected', status: 'Deauthorized' };
    await receiveDelivery(
      sign(
        `msg_${crypto.randomUUID()}`,
        connectionEvent({ ...later, generatedDate: new Date(Date.now() + 500).toISOString() }),
      ),
    );
    await drain();
    expect(await statusOf(connectionId)).toBe('Deauthorized');
    const company = await storedCompany(companyId);
    expect(company.attention).toBe('needs_reconnect');
    expect(company.readDueAt).not.toBeNull();
  });

  it('refuses to move a connection to another company, and buries that event', async () => {
    const [owner, other] = [await makeCustomer(), await makeCustomer()];
    const connectionId = crypto.randomUUID();
    const about = { connectionId, eventType: 'connection.connected', status: 'Linked' };
    await receiveDelivery(
      sign(
        `msg_${crypto.randomUUID()}`,
        connectionEvent({ ...about, codatCompanyId: owner.codatCompanyId }),
      ),
    );
    await drain();
    const id = `msg_${crypto.randomUUID()}`;
    await receiveDelivery(
      sign(id, connectionEvent({ ...about, codatCompanyId: other.codatCompanyId })),
    );
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      await db
        .update(webhookEvents)
        .set({ dueAt: new Date(0) })
        .where(eq(webhookEvents.webhookId, id));
      await drain();
    }
    const [row] = await db.select().from(webhookEvents).where(eq(webhookEvents.webhookId, id));
    expect(row).toMatchObject({ state: 'dead', attempts: maxAttempts });
    expect(row?.trail.map((entry) => entry.kind === 'failed' && entry.attempt)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ]);
    expect(row?.trail.at(-1)).toMatchObject({ error: row?.lastError, at: expect.any(String) });
    const moved = and(eq(connections.id, connectionId), eq(connections.companyId, owner.companyId));
    expect(await db.select().from(connections).where(moved)).toHaveLength(1);
  });

  it('marks a removed connection and a deleted company', async () => {
    const { companyId, codatCompanyId } = await makeCustomer();
    const connectionId = crypto.randomUUID();
    const about = { codatCompanyId, connectionId, status: 'Linked' };
    for (const eventType of ['connection.connected', 'connection.deleted']) {
      await receiveDelivery(
        sign(`msg_${crypto.randomUUID()}`, connectionEvent({ ...about, eventType })),
      );
      await drain();
    }
    expect(await statusOf(connectionId)).toBe('removed');
    await receiveDelivery(
      sign(`msg_${crypto.randomUUID()}`, {
        eventType: 'company.deleted',
        payload: { id: codatCompanyId },
      }),
    );
    await drain();
    const company = await storedCompany(companyId);
    expect(company.attention).toBe('deleted');
  });
});

describe('receiveDelivery', () => {
  it('stores nothing of what is not authentic or not an event', async () => {
    const id = `msg_${crypto.randomUUID()}`;
    const good = sign(id, { eventType: 'a.b' });
    expect(await receiveDelivery({ ...good, signature: 'v1,AAAA' })).toBe(401);
    expect(await receiveDelivery({ ...good, timestamp: null })).toBe(401);
    expect(await receiveDelivery(good, Date.now() + 400_000)).toBe(401);
    expect(await receiveDelivery(sign(id, 'nonsense', 'raw'))).toBe(400);
    expect(await db.select().from(webhookIds).where(eq(webhookIds.webhookId, id))).toEqual([]);
  });
});

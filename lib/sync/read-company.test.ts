import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import { companyReads } from '@/db/schema/sync';
import type { CompanySnapshot, ConnectionSnapshot } from '@/lib/codat/transform';
import { getConnectionsOverview } from '@/lib/connections/get-connections';
import { getConnectPage } from '@/lib/linking/consent';
import { storedCompany } from '@/testing/company-rows';
import { makeCustomer } from '@/testing/make-customer';
import { applyEvent } from './apply-event';
import { applyDeletion, applyRead } from './apply-read';
import { beginRead, claimDueReads, type ReadTicket } from './read-ticket';
import { readDelayMs, requestRead } from './request-read';

const db = getDb();

function connection(id: string, status: string): ConnectionSnapshot {
  return {
    id,
    platformKey: 'gbol',
    platformName: 'Xero',
    integrationId: null,
    sourceId: null,
    sourceType: 'Accounting',
    status,
    createdAt: new Date('2026-01-01'),
    lastSyncAt: null,
    errors: [],
  };
}

function snapshot(...items: ConnectionSnapshot[]): CompanySnapshot {
  return {
    codatCompanyId: 'c',
    name: '',
    description: null,
    parentId: null,
    subsidiaryIds: [],
    tags: {},
    tagsComplete: true,
    uid: null,
    createdAt: null,
    connections: items,
    complete: true,
  };
}

async function begin(companyId: string): Promise<ReadTicket> {
  const ticket = await beginRead(db, companyId);
  if (!ticket) throw new Error('no ticket');
  return ticket;
}

async function stored(id: string) {
  const [row] = await db.select().from(connections).where(eq(connections.id, id));
  return row;
}

const companyRow = storedCompany;

async function event(companyId: string, item: ConnectionSnapshot, deleted = false): Promise<void> {
  const now = new Date();
  await db.transaction((tx) =>
    applyEvent(tx, companyId, {
      kind: 'connection',
      webhookId: `msg_${crypto.randomUUID()}`,
      connection: item,
      deleted,
      generatedAt: now,
      receivedAt: now,
    }),
  );
}

describe('reads from Codat', () => {
  it('never overwrite a newer read with an older one', async () => {
    const { companyId } = await makeCustomer();
    const id = crypto.randomUUID();
    const older = await begin(companyId);
    const newer = await begin(companyId);
    expect(await applyRead(db, newer, snapshot(connection(id, 'Linked')), 'read')).toBe(true);
    expect(await applyRead(db, older, snapshot(connection(id, 'PendingAuth')), 'read')).toBe(false);
    expect((await stored(id))?.status).toBe('Linked');
  });

  it('leave to the next read what an event said while they ran', async () => {
    const { companyId } = await makeCustomer();
    const id = crypto.randomUUID();
    const first = await begin(companyId);
    await event(companyId, connection(id, 'Deauthorized'));
    expect(await applyRead(db, first, snapshot(connection(id, 'Linked')), 'read')).toBe(true);
    expect((await stored(id))?.status).toBe('Deauthorized');
    // The event has asked for another read, which the first did not answer.
    expect((await companyRow(companyId))?.readDueAt).not.toBeNull();
    const second = await begin(companyId);
    await applyRead(db, second, snapshot(connection(id, 'Linked')), 'read');
    expect((await stored(id))?.status).toBe('Linked');
    expect((await companyRow(companyId))?.readDueAt).toBeNull();
  });

  it('notice removal and return, but not in an incomplete answer', async () => {
    const { companyId } = await makeCustomer();
    const [kept, gone] = [crypto.randomUUID(), crypto.randomUUID()];
    const both = snapshot(connection(kept, 'Linked'), connection(gone, 'Linked'));
    await applyRead(db, await begin(companyId), both, 'read');
    const one = snapshot(connection(kept, 'Linked'));
    await applyRead(db, await begin(companyId), { ...one, complete: false }, 'read');
    expect((await stored(gone))?.removedAt).toBeNull();
    await applyRead(db, await begin(companyId), one, 'read');
    expect((await stored(gone))?.removedAt).not.toBeNull();
    expect((await stored(kept))?.removedAt).toBeNull();
    await applyRead(db, await begin(companyId), both, 'read');
    expect((await stored(gone))?.removedAt).toBeNull();
    const changes = await db
      .select({ to: connectionStatusChanges.toStatus })
      .from(connectionStatusChanges)
      .where(eq(connectionStatusChanges.connectionId, gone))
      .orderBy(connectionStatusChanges.recordedAt);
    expect(changes.map(({ to }) => to)).toEqual(['Linked', null, 'Linked']);
  });

  it('never touch a connection of another company', async () => {
    const [mine, theirs] = [await makeCustomer(), await makeCustomer()];
    const id = crypto.randomUUID();
    await applyRead(db, await begin(mine.companyId), snapshot(connection(id, 'Linked')), 'read');
    await applyRead(
      db,
      await begin(theirs.companyId),
      snapshot(connection(id, 'Unlinked')),
      'read',
    );
    expect(await stored(id)).toMatchObject({ companyId: mine.companyId, status: 'Linked' });
  });

  it('roll the worst state up to the company, and say since when', async () => {
    const { companyId } = await makeCustomer();
    const [a, b] = [crypto.randomUUID(), crypto.randomUUID()];
    const apply = async (...items: ConnectionSnapshot[]) => {
      await applyRead(db, await begin(companyId), snapshot(...items), 'read');
      return companyRow(companyId);
    };
    expect((await apply(connection(a, 'Linked')))?.attention).toBe('ok');
    const broken = await apply(connection(a, 'Deauthorized'), connection(b, 'PendingAuth'));
    expect(broken?.attention).toBe('needs_reconnect');
    const still = await apply(connection(a, 'Deauthorized'), connection(b, 'Linked'));
    expect(still?.attentionSince).toEqual(broken?.attentionSince);
    expect((await apply(connection(a, 'Unlinked')))?.attention).toBe('disconnected');
    expect((await apply())?.attention).toBe('none');
    await applyDeletion(db, await begin(companyId), 'read');
    expect((await companyRow(companyId))?.attention).toBe('deleted');
  });
});

describe("a company's name, note and tags", () => {
  const told = (values: Partial<CompanySnapshot>) => ({ ...snapshot(), ...values });

  it('are as Codat last told them where it was found there, and the change is on record', async () => {
    const { companyId } = await makeCustomer({ name: 'Old name', origin: 'codat' });
    const tags = { uid: companyId, region: 'north' };
    const news = told({ name: 'New name', description: 'possible fraud, ask Dave', tags });
    await applyRead(db, await begin(companyId), news, 'sweep');
    const row = await companyRow(companyId);
    expect(row).toMatchObject({
      name: 'New name',
      codatDescription: 'possible fraud, ask Dave',
      tags,
    });
    expect(row?.facets).toContain('tag:region=north');
    expect(row?.searchText).toContain('new name');
    expect(row?.searchText).not.toContain('fraud');
    const entries = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.companyId, companyId))
      .orderBy(auditEntries.action);
    expect(entries).toMatchObject([
      { actorKind: 'system', action: 'company.rename', subject: 'Old name' },
      { action: 'company.tag', detail: { set: 'region=north', removed: '', source: 'sweep' } },
    ]);
    // The same again is no change.
    await applyRead(db, await begin(companyId), news, 'read');
    expect(await db.$count(auditEntries, eq(auditEntries.companyId, companyId))).toBe(2);
  });

  it.each(['sign_up', 'staff'] as const)(
    'never become the name of a company that was made here (%s)',
    async (origin) => {
      const { companyId, actor } = await makeCustomer({ name: 'Our name', origin });
      const note = told({ name: companyId, description: 'possible fraud, ask Dave' });
      await applyRead(db, await begin(companyId), note, 'read');
      expect(await companyRow(companyId)).toMatchObject({
        name: 'Our name',
        codatDescription: 'possible fraud, ask Dave',
      });
      // Nothing that a customer is shown has it.
      expect(JSON.stringify(await getConnectionsOverview(actor, companyId))).not.toContain('fraud');
      expect(JSON.stringify(await getConnectPage(actor, companyId))).not.toContain('fraud');
      await applyRead(db, await begin(companyId), told({ name: 'Another' }), 'read');
      expect(await companyRow(companyId)).toMatchObject({
        name: 'Our name',
        codatDescription: null,
      });
    },
  );

  it('stay as they are where Codat says nothing, and where an older read says otherwise', async () => {
    const { companyId } = await makeCustomer({ name: 'Our name', origin: 'codat' });
    const older = await begin(companyId);
    await applyRead(db, await begin(companyId), told({ name: '' }), 'read');
    await applyRead(db, older, told({ name: 'Older name', tags: { a: 'b' } }), 'read');
    expect(await companyRow(companyId)).toMatchObject({ name: 'Our name', tags: {} });
  });
});

describe('wanted reads', () => {
  it('coalesce, and are claimed once by one of several', async () => {
    // Of other tests, which may be more than two claims take.
    await db.update(companyReads).set({ readDueAt: null });
    const { companyId } = await makeCustomer();
    for (let i = 0; i < 5; i += 1) await requestRead(db, companyId, 0);
    const claims = await Promise.all([claimDueReads(db, 50), claimDueReads(db, 50)]);
    const mine = claims.flat().filter((ticket) => ticket.companyId === companyId);
    expect(mine).toHaveLength(1);
  });

  it('keep the earliest time asked for', async () => {
    const { companyId } = await makeCustomer();
    await requestRead(db, companyId, readDelayMs.soon);
    await requestRead(db, companyId, readDelayMs.later);
    const due = (await companyRow(companyId))?.readDueAt?.getTime() ?? 0;
    expect(due - Date.now()).toBeLessThan(readDelayMs.soon + 500);
  });
});

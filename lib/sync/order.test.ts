import { asc, eq } from 'drizzle-orm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { getDb } from '@/db/client';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import type { CompanySnapshot, ConnectionSnapshot } from '@/lib/codat/transform';
import { storedCompany } from '@/testing/company-rows';
import { makeCustomer } from '@/testing/make-customer';
import { applyEnded } from './apply-ended';
import { applyEvent, type CompanyEvent } from './apply-event';
import { applyRead, applyStaffDeletion } from './apply-read';
import { beginRead, type ReadTicket, takeToken } from './read-ticket';

const db = getDb();
const tenMinutesMs = 600_000;

afterEach(() => vi.useRealTimers());

/** As if this process's clock were wrong by so much. */
function shiftClock(byMs: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + byMs });
}

function connection(id: string, status: string): ConnectionSnapshot {
  return {
    ...{ id, platformKey: 'gbol', platformName: 'Xero', integrationId: null, sourceId: null },
    ...{ sourceType: 'Accounting', status, createdAt: null, lastSyncAt: null, errors: [] },
  };
}

function snapshot(...items: ConnectionSnapshot[]): CompanySnapshot {
  return {
    ...{ codatCompanyId: 'c', name: '', description: null, tags: {}, tagsComplete: true },
    ...{ parentId: null, subsidiaryIds: [], uid: null, createdAt: null },
    ...{ connections: items, complete: true },
  };
}

async function begin(companyId: string): Promise<ReadTicket> {
  const ticket = await beginRead(db, companyId);
  if (!ticket) throw new Error('no ticket');
  return ticket;
}

async function makeLinked() {
  const { companyId, actor } = await makeCustomer();
  const connectionId = crypto.randomUUID();
  await applyRead(db, await begin(companyId), snapshot(connection(connectionId, 'Linked')), 'read');
  return { companyId, connectionId, userId: actor.userId };
}

async function statusOf(connectionId: string): Promise<string | undefined> {
  const [row] = await db.select().from(connections).where(eq(connections.id, connectionId));
  return row?.removedAt ? 'removed' : row?.status;
}

const historyOf = (connectionId: string) =>
  db
    .select({
      from: connectionStatusChanges.fromStatus,
      to: connectionStatusChanges.toStatus,
      source: connectionStatusChanges.source,
    })
    .from(connectionStatusChanges)
    .where(eq(connectionStatusChanges.connectionId, connectionId))
    .orderBy(asc(connectionStatusChanges.recordedAt));

type Told = { status: string; deleted?: boolean; generatedAt?: Date; token?: number };

async function tell(companyId: string, connectionId: string, told: Told): Promise<void> {
  const { status, deleted = false, generatedAt = null, token } = told;
  const event: CompanyEvent = {
    ...{ kind: 'connection', webhookId: crypto.randomUUID(), deleted, generatedAt },
    ...{ connection: connection(connectionId, status), receivedAt: new Date() },
    ...(token !== undefined && { token }),
  };
  await db.transaction((tx) => applyEvent(tx, companyId, event));
}

describe.each([
  ['behind', -tenMinutesMs],
  ['ahead', tenMinutesMs],
])('with the clock of a process ten minutes %s', (_name, byMs) => {
  const asOurs = { source: 'customer', byUs: true } as const;

  it.each([
    ['Unlinked', 'Unlinked'],
    [null, 'removed'],
  ] as const)('a read that began before does not undo %s', async (toStatus, state) => {
    const { companyId, connectionId, userId: actorId } = await makeLinked();
    const older = await begin(companyId);
    shiftClock(byMs);
    await applyEnded(db, { companyId, connectionId, toStatus, actorId, ...asOurs });
    await applyRead(db, older, snapshot(connection(connectionId, 'Linked')), 'read');
    expect(await statusOf(connectionId)).toBe(state);
    expect(await historyOf(connectionId)).toMatchObject([
      { to: 'Linked' },
      { from: 'Linked', to: toStatus, source: 'customer' },
    ]);
    // And a read that begins later is believed, whatever the clock said.
    const newer = await begin(companyId);
    await applyRead(db, newer, snapshot(connection(connectionId, 'Deauthorized')), 'read');
    expect(await statusOf(connectionId)).toBe('Deauthorized');
  });

  it('a read that began before does not bring a deleted company back', async () => {
    const { companyId, connectionId, userId } = await makeLinked();
    const [older, since] = [await begin(companyId), await takeToken(db)];
    shiftClock(byMs);
    await applyStaffDeletion(db, companyId, userId, since);
    await applyRead(db, older, snapshot(connection(connectionId, 'Linked')), 'read');
    expect((await storedCompany(companyId)).attention).toBe('deleted');
    expect(await statusOf(connectionId)).toBe('removed');
  });
});

describe('events and reads', () => {
  it('a read that began before an event does not bring back what it says is deleted', async () => {
    const { companyId, connectionId } = await makeLinked();
    const older = await begin(companyId);
    const deleted = { kind: 'company-deleted', generatedAt: null } as const;
    await db.transaction((tx) => applyEvent(tx, companyId, { ...deleted, receivedAt: new Date() }));
    await applyRead(db, older, snapshot(connection(connectionId, 'Linked')), 'read');
    const { attention, readDueAt } = await storedCompany(companyId);
    expect(attention).toBe('deleted');
    expect(readDueAt).not.toBeNull();
  });

  it('an event that arrived before a read began does not overwrite it, whatever its date', async () => {
    const { companyId, connectionId } = await makeLinked();
    const token = await takeToken(db);
    const read = await begin(companyId);
    await applyRead(db, read, snapshot(connection(connectionId, 'Deauthorized')), 'read');
    const generatedAt = new Date(Date.now() + tenMinutesMs);
    await tell(companyId, connectionId, { status: 'Linked', generatedAt, token });
    expect(await statusOf(connectionId)).toBe('Deauthorized');
  });

  it('events are ordered by dates that are all ahead of ours', async () => {
    const { companyId, connectionId } = await makeLinked();
    const at = (seconds: number) => new Date(Date.now() + tenMinutesMs + seconds * 1000);
    await tell(companyId, connectionId, { status: 'Deauthorized', generatedAt: at(5) });
    await tell(companyId, connectionId, { status: 'Linked', generatedAt: at(0) });
    expect(await statusOf(connectionId)).toBe('Deauthorized');
    // Such a date never freezes: a read that begins now is newer than all of them.
    const read = await begin(companyId);
    await applyRead(db, read, snapshot(connection(connectionId, 'Linked')), 'read');
    expect(await statusOf(connectionId)).toBe('Linked');
  });

  it('tell no change of a connection that is gone and was never known', async () => {
    const { companyId } = await makeCustomer();
    const connectionId = crypto.randomUUID();
    await tell(companyId, connectionId, { status: 'Linked', deleted: true });
    expect(await statusOf(connectionId)).toBe('removed');
    expect(await historyOf(connectionId)).toEqual([]);
    // It is known as gone to an older event that comes late.
    const generatedAt = new Date(Date.now() - 60_000);
    await tell(companyId, connectionId, { status: 'Linked', generatedAt });
    expect(await statusOf(connectionId)).toBe('removed');
  });
});

/** A small generator of numbers, the same for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/**
 * Codat and a portal in which everything overtakes everything: changes at Codat, events that arrive late
 * and twice, reads that end in any order, and a disconnect whose record comes after its call.
 */
async function playAtRandom(seed: number, codatAheadMs: number): Promise<void> {
  const random = randomOf(seed);
  const { companyId, connectionId, userId: actorId } = await makeLinked();
  let atCodat = 'Linked';
  let dated = Date.now() + codatAheadMs - tenMinutesMs;
  const events: Told[] = [];
  const reads: { ticket: ReadTicket; status: string }[] = [];
  const records: (() => Promise<void>)[] = [];
  const change = (status: string) => {
    atCodat = status;
    dated += 1000;
    events.push({ status, generatedAt: new Date(dated) });
  };
  const take = <T>(items: T[]): T | undefined => items.splice(random(items.length), 1)[0];
  const deliver = async () => {
    const told = random(4) === 0 ? events[random(events.length)] : take(events);
    if (told) await tell(companyId, connectionId, told);
  };
  const finish = async () => {
    const read = take(reads);
    const items = read && snapshot(connection(connectionId, read.status));
    if (read && items) await applyRead(db, read.ticket, items, 'read');
  };
  const start = async () => {
    const ticket = await begin(companyId);
    reads.push({ ticket, status: atCodat });
  };
  const disconnect = async () => {
    if (atCodat !== 'Linked') return;
    change('Unlinked');
    const ended = { companyId, connectionId, toStatus: 'Unlinked', source: 'customer' } as const;
    records.push(() => applyEnded(db, { ...ended, actorId, byUs: true }));
  };
  const record = async () => {
    await take(records)?.();
  };
  const statuses = ['Linked', 'Deauthorized', 'Linked', 'PendingAuth'];
  const moves = [
    () => change(statuses[random(statuses.length)] ?? 'Linked'),
    ...[deliver, deliver, start, finish, disconnect, record],
  ];
  for (let step = 0; step < 14; step += 1) await moves[random(moves.length)]?.();
  while (records.length > 0) await record();
  while (events.length > 0) await deliver();
  while (reads.length > 0) await finish();
  // What is still wanted is read, and then nothing is.
  while ((await storedCompany(companyId)).readDueAt) {
    await start();
    await finish();
  }
  expect(await statusOf(connectionId), `seed ${seed}`).toBe(atCodat);
}

it.each([
  ['as ours', 0],
  ['behind', -tenMinutesMs],
  ['ahead', tenMinutesMs],
])('ends as Codat has it in every order, its clock %s', async (_name, codatAheadMs) => {
  for (let seed = 1; seed <= 40; seed += 1) await playAtRandom(seed * 7919, codatAheadMs);
});

import 'server-only';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connectionStatusChanges, connections, linkSessions } from '@/db/schema/connections';
import type { ConnectionSnapshot } from '@/lib/codat/transform';
import { connectionColumns } from './apply-read';
import { lockCompany } from './lock-company';
import { readDelayMs, requestRead } from './request-read';
import { rollUpCompanies } from './roll-up';

/** A verified event about one connection of a company known here. */
export type ConnectionEvent = {
  webhookId: string;
  companyId: string;
  connection: ConnectionSnapshot;
  /** `connection.deleted`: `connection` is then its last state. */
  deleted: boolean;
  generatedAt: Date | null;
  receivedAt: Date;
};

/**
 * Applies what an event says if it is newer than what we hold, and asks for a read, which is the
 * truth whatever order events came in. A `generatedDate` in the future counts as its arrival.
 */
export async function applyConnectionEvent(tx: Tx, event: ConnectionEvent): Promise<void> {
  const occurredAt = earlier(event.generatedAt, event.receivedAt);
  const known = await lockState(tx, event);
  if (known === 'foreign') throw new Error('the connection belongs to another company');
  const held = known.connection;
  const agrees =
    held !== null &&
    (event.deleted
      ? held.removedAt !== null
      : held.removedAt === null && held.status === event.connection.status);
  const newer = isNewer(occurredAt, event.connection.status, held);
  const newerThanRead = known.readAt === null || occurredAt > known.readAt;
  const applies = newer && newerThanRead;

  if (applies) {
    await writeEvent(tx, event, occurredAt, held, agrees);
    await tx
      .update(companies)
      .set({ eventAt: event.receivedAt })
      .where(eq(companies.id, event.companyId));
    await rollUpCompanies(tx, [event.companyId]);
  }
  // A read that started after the event already has its news.
  if (agrees && !newerThanRead) return;
  await requestRead(tx, event.companyId, await delayFor(tx, event.companyId, applies, agrees));
}

/** A finished sync: moves `lastSyncAt` forward until the next read tells it exactly. */
export async function applyReadCompleted(
  tx: Tx,
  event: { companyId: string; connectionIds: string[]; generatedAt: Date | null; receivedAt: Date },
): Promise<void> {
  const finishedAt = earlier(event.generatedAt, event.receivedAt);
  await lockCompany(tx, event.companyId);
  for (const connectionId of event.connectionIds) {
    await tx
      .update(connections)
      .set({
        lastSyncAt: sql`greatest(${connections.lastSyncAt}, ${finishedAt.toISOString()}::timestamptz)`,
      })
      .where(and(eq(connections.id, connectionId), eq(connections.companyId, event.companyId)));
  }
  await requestRead(tx, event.companyId, readDelayMs.later);
}

/** The company was deleted at Codat. The read asked for confirms it. */
export async function applyCompanyDeleted(
  tx: Tx,
  event: { companyId: string; generatedAt: Date | null; receivedAt: Date },
): Promise<void> {
  await tx
    .update(companies)
    .set({
      codatDeletedAt: earlier(event.generatedAt, event.receivedAt),
      eventAt: event.receivedAt,
    })
    .where(eq(companies.id, event.companyId));
  await rollUpCompanies(tx, [event.companyId]);
  await requestRead(tx, event.companyId, readDelayMs.soon);
}

/** How far along a status is in the life of a connection. */
const stage: Record<string, number> = { PendingAuth: 0, Linked: 1, Unlinked: 2, Deauthorized: 2 };

/** Of events generated in the same millisecond the one further on in a connection's life is newer. */
function isNewer(occurredAt: Date, status: string, held: Held | null): boolean {
  if (!held?.eventAt) return true;
  const gap = occurredAt.getTime() - held.eventAt.getTime();
  if (gap !== 0) return gap > 0;
  return (stage[status] ?? 1) >= (stage[held.status] ?? 1);
}

function earlier(generatedAt: Date | null, receivedAt: Date): Date {
  return generatedAt && generatedAt < receivedAt ? generatedAt : receivedAt;
}

type Held = { status: string; removedAt: Date | null; eventAt: Date | null; linkedAt: Date | null };

async function lockState(
  tx: Tx,
  event: ConnectionEvent,
): Promise<'foreign' | { readAt: Date | null; connection: Held | null }> {
  const [company] = await tx
    .select({ readAt: companies.readAt })
    .from(companies)
    .where(eq(companies.id, event.companyId))
    .for('update');
  const [connection] = await tx
    .select({
      companyId: connections.companyId,
      status: connections.status,
      removedAt: connections.removedAt,
      eventAt: connections.eventAt,
      linkedAt: connections.linkedAt,
    })
    .from(connections)
    .where(eq(connections.id, event.connection.id));
  if (connection && connection.companyId !== event.companyId) return 'foreign';
  return { readAt: company?.readAt ?? null, connection: connection ?? null };
}

async function writeEvent(
  tx: Tx,
  event: ConnectionEvent,
  occurredAt: Date,
  held: Held | null,
  agrees: boolean,
): Promise<void> {
  const { connection, deleted } = event;
  const state = agrees
    ? {}
    : {
        status: connection.status,
        statusChangedAt: occurredAt,
        removedAt: deleted ? occurredAt : null,
        ...(!deleted && connection.status === 'Linked' && { linkedAt: occurredAt }),
      };
  const values = {
    ...connectionColumns(connection),
    ...(connection.lastSyncAt && { lastSyncAt: connection.lastSyncAt }),
    eventAt: occurredAt,
    eventAppliedAt: sql`clock_timestamp()`,
    ...state,
  };
  await tx
    .insert(connections)
    .values({ id: connection.id, companyId: event.companyId, status: connection.status, ...values })
    .onConflictDoUpdate({ target: connections.id, set: values });
  if (agrees) return;
  await tx.insert(connectionStatusChanges).values({
    companyId: event.companyId,
    connectionId: connection.id,
    fromStatus: held && !held.removedAt ? held.status : null,
    toStatus: deleted ? null : connection.status,
    source: 'webhook',
    webhookId: event.webhookId,
    occurredAt,
  });
}

async function delayFor(
  tx: Tx,
  companyId: string,
  applied: boolean,
  agrees: boolean,
): Promise<number> {
  if (!applied && !agrees) return readDelayMs.soon;
  const [away] = await tx
    .select({ id: linkSessions.id })
    .from(linkSessions)
    .where(
      and(
        eq(linkSessions.companyId, companyId),
        isNull(linkSessions.returnedAt),
        gt(linkSessions.handedOffAt, sql`now() - interval '30 minutes'`),
      ),
    )
    .limit(1);
  return away || agrees ? readDelayMs.later : readDelayMs.soon;
}

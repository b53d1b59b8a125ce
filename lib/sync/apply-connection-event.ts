import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import type { ConnectionSnapshot } from '@/lib/codat/transform';
import { connectionColumns } from './connection-columns';
import { settleHealth } from './health/settle-health';
import type { ReadDelay } from './request-read';
import { rollUpCompanies } from './roll-up';

/** What an event came to: whether it changed what we hold, and when a read is to confirm it. */
export type EventOutcome = { applied: boolean; read: ReadDelay | null };

/** What orders an event: no clock but Codat's own has a say in what an order ends in. */
export type EventOrder = {
  /** Taken on arrival: a read with a newer token began later. */
  token: number;
  /** Codat's date, by which events of one connection are ordered. */
  orderedAt: Date;
  /** The same, never later than the event's arrival. */
  occurredAt: Date;
};

/** What was last applied to a company. */
export type Reads = { readApplied: number; readAt: Date | null };

type ConnectionEvent = EventOrder & {
  webhookId: string;
  companyId: string;
  connection: ConnectionSnapshot;
  deleted: boolean;
};

/**
 * Applies an event about a connection if it is newer than what we hold of it. A read that began before
 * the event arrived may have said the same already: by the dates, which two clocks told, such an event
 * is not shown before the read that it asks for. The caller holds the company.
 * @throws when the connection is another company's.
 */
export async function applyConnectionEvent(
  tx: Tx,
  event: ConnectionEvent,
  reads: Reads,
): Promise<EventOutcome> {
  const held = await findHeld(tx, event);
  const agrees =
    held !== null &&
    (event.deleted
      ? held.removedAt !== null
      : held.removedAt === null && held.status === event.connection.status);
  const newerThanRead =
    event.token > reads.readApplied && (reads.readAt === null || event.occurredAt > reads.readAt);
  const applied = newerThanRead && isNewer(event, held);
  if (applied) {
    await writeEvent(tx, event, held, agrees);
    const { companyId, webhookId } = event;
    await settleHealth(tx, companyId, { source: 'webhook', webhookId });
    await rollUpCompanies(tx, [companyId]);
  }
  // A read begun after the event already says what it says.
  if (agrees) return { applied, read: newerThanRead ? 'later' : null };
  return { applied, read: applied ? 'later-if-away' : 'soon' };
}

type Held = { status: string; removedAt: Date | null; eventAt: Date | null };

async function findHeld(tx: Tx, event: ConnectionEvent): Promise<Held | null> {
  const [held] = await tx
    .select({
      companyId: connections.companyId,
      status: connections.status,
      removedAt: connections.removedAt,
      eventAt: connections.eventAt,
    })
    .from(connections)
    .where(eq(connections.id, event.connection.id));
  if (held && held.companyId !== event.companyId) {
    throw new Error('the connection belongs to another company');
  }
  return held ?? null;
}

/** Where a status stands in the life of a connection. */
const stage: Record<string, number> = { PendingAuth: 0, Linked: 1, Unlinked: 2, Deauthorized: 2 };

/** Of events generated in the same millisecond the one further on in a connection's life is newer. */
function isNewer({ orderedAt, connection }: ConnectionEvent, held: Held | null): boolean {
  if (!held?.eventAt) return true;
  const gap = orderedAt.getTime() - held.eventAt.getTime();
  if (gap !== 0) return gap > 0;
  return (stage[connection.status] ?? 1) >= (stage[held.status] ?? 1);
}

async function writeEvent(
  tx: Tx,
  event: ConnectionEvent,
  held: Held | null,
  agrees: boolean,
): Promise<void> {
  const { companyId, connection, deleted, occurredAt, orderedAt, token } = event;
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
    eventAt: orderedAt,
    knownToken: token,
    ...state,
  };
  // An event that waited long, or was retried, does not make older reads newer again.
  const knownToken = sql`greatest(${connections.knownToken}, ${token})`;
  await tx
    .insert(connections)
    .values({ id: connection.id, companyId, status: connection.status, ...values })
    .onConflictDoUpdate({ target: connections.id, set: { ...values, knownToken } });
  const fromStatus = held && !held.removedAt ? held.status : null;
  const toStatus = deleted ? null : connection.status;
  // That a connection is gone of which we never knew is no change.
  if (agrees || fromStatus === toStatus) return;
  await tx.insert(connectionStatusChanges).values({
    companyId,
    connectionId: connection.id,
    fromStatus,
    toStatus,
    source: 'webhook',
    webhookId: event.webhookId,
    occurredAt,
  });
}

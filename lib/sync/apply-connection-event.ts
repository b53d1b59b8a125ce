import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import type { ConnectionSnapshot } from '@/lib/codat/transform';
import { connectionColumns } from './connection-columns';
import type { ReadDelay } from './request-read';
import { rollUpCompanies } from './roll-up';

/** What an event came to: whether it changed what we hold, and when a read is to confirm it. */
export type EventOutcome = { applied: boolean; read: ReadDelay | null };

/** An event about one connection, with what orders it. */
type ConnectionEvent = {
  webhookId: string;
  companyId: string;
  connection: ConnectionSnapshot;
  deleted: boolean;
  occurredAt: Date;
  /** When the company was last read. */
  readAt: Date | null;
};

/**
 * Applies an event about a connection if it is newer than what we hold of it. The caller holds the
 * company.
 * @throws when the connection is another company's.
 */
export async function applyConnectionEvent(tx: Tx, event: ConnectionEvent): Promise<EventOutcome> {
  const held = await findHeld(tx, event);
  const agrees =
    held !== null &&
    (event.deleted
      ? held.removedAt !== null
      : held.removedAt === null && held.status === event.connection.status);
  const newerThanRead = event.readAt === null || event.occurredAt > event.readAt;
  const applied = newerThanRead && isNewer(event, held);
  if (applied) {
    await writeEvent(tx, event, held, agrees);
    await rollUpCompanies(tx, [event.companyId]);
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
function isNewer({ occurredAt, connection }: ConnectionEvent, held: Held | null): boolean {
  if (!held?.eventAt) return true;
  const gap = occurredAt.getTime() - held.eventAt.getTime();
  if (gap !== 0) return gap > 0;
  return (stage[connection.status] ?? 1) >= (stage[held.status] ?? 1);
}

async function writeEvent(
  tx: Tx,
  event: ConnectionEvent,
  held: Held | null,
  agrees: boolean,
): Promise<void> {
  const { companyId, connection, deleted, occurredAt } = event;
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
    .values({ id: connection.id, companyId, status: connection.status, ...values })
    .onConflictDoUpdate({ target: connections.id, set: values });
  if (agrees) return;
  await tx.insert(connectionStatusChanges).values({
    companyId,
    connectionId: connection.id,
    fromStatus: held && !held.removedAt ? held.status : null,
    toStatus: deleted ? null : connection.status,
    source: 'webhook',
    webhookId: event.webhookId,
    occurredAt,
  });
}

import 'server-only';
import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Db, Executor, Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import { companyReads } from '@/db/schema/sync';
import type { CompanySnapshot, ConnectionSnapshot } from '@/lib/codat/transform';
import type { ChangeSource } from '@/lib/sync/schemas';
import { requestReadsBelow, wantSubsidiaries } from './companies-below';
import { connectionColumns, saysTheSame } from './connection-columns';
import { settleHealth } from './health/settle-health';
import { lockCompany } from './lock-company';
import { newTicket, type ReadTicket } from './read-ticket';
import { rollUpCompanies } from './roll-up';
import { recordDetails } from './sync-name-and-tags';

type Stored = typeof connections.$inferSelect;

/**
 * Makes our rows of one company equal to what Codat answered, in one transaction or the caller's. An
 * answer to a read that began before what was last applied is dropped, and a connection of which we
 * have learned since the read began is left to the next read.
 * @returns whether the answer was applied.
 */
export async function applyRead(
  db: Executor,
  ticket: ReadTicket,
  snapshot: CompanySnapshot,
  source: ChangeSource,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await settleTicket(tx, ticket, { deletedAt: null }))) return false;
    await recordDetails(tx, ticket.companyId, snapshot, source);
    await wantSubsidiaries(tx, snapshot.subsidiaryIds);
    const stored = await lockConnections(tx, ticket.companyId);
    for (const item of snapshot.connections) {
      await writeConnection(tx, ticket, item, stored.get(item.id), source);
    }
    if (snapshot.complete) {
      const listed = new Set(snapshot.connections.map(({ id }) => id));
      const gone = [...stored.values()].filter(
        (row) => !listed.has(row.id) && !row.removedAt && !newerThan(row, ticket),
      );
      await removeConnections(tx, ticket, gone, source);
    }
    await settleHealth(tx, ticket.companyId, { source });
    await rollUpCompanies(tx, [ticket.companyId]);
    return true;
  });
}

/** Notes that the company no longer exists at Codat, and with it none of its connections. */
export async function applyDeletion(
  db: Db,
  ticket: ReadTicket,
  source: ChangeSource,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await settleTicket(tx, ticket, { deletedAt: ticket.startedAt }))) return;
    const stored = await lockConnections(tx, ticket.companyId);
    const present = [...stored.values()].filter((row) => !row.removedAt);
    await removeConnections(tx, ticket, present, source);
    await requestReadsBelow(tx, ticket.companyId);
    await rollUpCompanies(tx, [ticket.companyId]);
  });
}

/**
 * Records that staff deleted the company at Codat. A read that started before would bring it back:
 * it is made an old one. What the webhook or a read was faster to tell gets who did it added.
 * @param since a token taken before the call to Codat; null if that call found nothing to delete.
 */
export async function applyStaffDeletion(
  db: Db,
  companyId: string,
  actorId: string,
  since: number | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockCompany(tx, companyId);
    const ticket = { companyId, ...(await newTicket(tx)) };
    const [deleted] = await tx
      .update(companies)
      .set({ codatDeletedAt: ticket.startedAt, provisionProblem: null, provisionLeaseUntil: null })
      .where(and(eq(companies.id, companyId), isNull(companies.codatDeletedAt)))
      .returning({ id: companies.id });
    if (!deleted && since === null) return;
    await tx
      .update(companyReads)
      .set({ readApplied: ticket.token, readDueAt: null, readLeaseUntil: null })
      .where(eq(companyReads.companyId, companyId));
    const stored = [...(await lockConnections(tx, companyId)).values()];
    const present = stored.filter((row) => !row.removedAt);
    await removeConnections(tx, ticket, present, 'admin', actorId);
    const told = stored.filter((row) => row.removedAt && since !== null && row.knownToken > since);
    await recordRemovals(tx, ticket, told, 'admin', actorId);
    await requestReadsBelow(tx, companyId);
    await rollUpCompanies(tx, [companyId]);
  });
}

/** Uses the ticket. A request made after the read started keeps its due time. */
async function settleTicket(
  tx: Tx,
  ticket: ReadTicket,
  outcome: { deletedAt: Date | null },
): Promise<boolean> {
  await lockCompany(tx, ticket.companyId);
  const settled = await tx
    .update(companyReads)
    .set({
      readApplied: ticket.token,
      readDueAt: sql`case when ${companyReads.readsRequested} > ${ticket.target} then ${companyReads.readDueAt} end`,
      readLeaseUntil: null,
      readFailures: 0,
      readAt: ticket.startedAt,
    })
    .where(
      and(eq(companyReads.companyId, ticket.companyId), lt(companyReads.readApplied, ticket.token)),
    )
    .returning({ companyId: companyReads.companyId });
  if (settled.length === 0) return false;
  await tx
    .update(companies)
    .set({ codatDeletedAt: outcome.deletedAt })
    .where(
      and(
        eq(companies.id, ticket.companyId),
        sql`${companies.codatDeletedAt} is distinct from ${outcome.deletedAt?.toISOString() ?? null}::timestamptz`,
      ),
    );
  return true;
}

async function lockConnections(tx: Tx, companyId: string): Promise<Map<string, Stored>> {
  const rows = await tx
    .select()
    .from(connections)
    .where(eq(connections.companyId, companyId))
    .for('update');
  return new Map(rows.map((row) => [row.id, row]));
}

function newerThan(row: Stored | undefined, ticket: ReadTicket): boolean {
  return row !== undefined && row.knownToken > ticket.token;
}

async function writeConnection(
  tx: Tx,
  ticket: ReadTicket,
  item: ConnectionSnapshot,
  known: Stored | undefined,
  source: ChangeSource,
): Promise<void> {
  if (newerThan(known, ticket)) return;
  const changed = !known || known.removedAt !== null || known.status !== item.status;
  if (!changed && saysTheSame(known, item)) return;
  const values = {
    ...connectionColumns(item),
    status: item.status,
    lastSyncAt: item.lastSyncAt,
    knownToken: ticket.token,
    removedAt: null,
    // What is first seen now was so already: since when is unknown.
    statusChangedAt: known && changed ? ticket.startedAt : (known?.statusChangedAt ?? null),
    linkedAt:
      changed && item.status === 'Linked' && known ? ticket.startedAt : (known?.linkedAt ?? null),
  };
  const written = await tx
    .insert(connections)
    .values({ id: item.id, companyId: ticket.companyId, ...values })
    .onConflictDoUpdate({
      target: connections.id,
      set: values,
      setWhere: eq(connections.companyId, ticket.companyId),
    })
    .returning({ id: connections.id });
  if (!changed || written.length === 0) return;
  await tx.insert(connectionStatusChanges).values({
    companyId: ticket.companyId,
    connectionId: item.id,
    fromStatus: known && !known.removedAt ? known.status : null,
    toStatus: item.status,
    source,
    occurredAt: (known ? null : bornSo(item)) ?? ticket.startedAt,
  });
}

/** When a connection first seen now came to its status; null for one that it does not begin with. */
function bornSo({ createdAt, status }: ConnectionSnapshot): Date | null {
  return status === 'Linked' || status === 'PendingAuth' ? createdAt : null;
}

type Removal = Pick<ReadTicket, 'companyId' | 'startedAt' | 'token'>;

async function removeConnections(
  tx: Tx,
  ticket: Removal,
  rows: Stored[],
  source: ChangeSource,
  actorId: string | null = null,
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .update(connections)
    .set({
      removedAt: ticket.startedAt,
      statusChangedAt: ticket.startedAt,
      knownToken: ticket.token,
    })
    .where(
      and(
        eq(connections.companyId, ticket.companyId),
        inArray(
          connections.id,
          rows.map(({ id }) => id),
        ),
        isNull(connections.removedAt),
      ),
    );
  await recordRemovals(tx, ticket, rows, source, actorId);
}

async function recordRemovals(
  tx: Tx,
  ticket: Removal,
  rows: Stored[],
  source: ChangeSource,
  actorId: string | null,
): Promise<void> {
  if (rows.length === 0) return;
  await tx.insert(connectionStatusChanges).values(
    rows.map((row) => ({
      companyId: ticket.companyId,
      connectionId: row.id,
      fromStatus: row.status,
      toStatus: null,
      source,
      actorId,
      occurredAt: ticket.startedAt,
    })),
  );
}

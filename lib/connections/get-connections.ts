import 'server-only';
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { cache } from 'react';
import { getDb } from '@/db/client';
import { treeBelow } from '@/db/family';
import { companies } from '@/db/schema/companies';
import { companyList } from '@/db/schema/company-list';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import { users } from '@/db/schema/people';
import { companyReads } from '@/db/schema/sync';
import { type Actor, companyIdsOf, isMember } from '@/lib/actor';
import { companySetup, freshness } from '@/lib/companies/company-setup';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { changeStates } from '@/lib/sync/change-states';
import type { ChangeSource } from '@/lib/sync/schemas';
import { connectionFields, toSummary } from './connection-summary';
import type {
  ConnectionDetail,
  ConnectionHistoryEntry,
  ConnectionSummary,
  ConnectionsOverview,
} from './types';

const companyFields = {
  id: companies.id,
  name: companies.name,
  codatCompanyId: companies.codatCompanyId,
  codatDeletedAt: companies.codatDeletedAt,
  provisionProblem: companies.provisionProblem,
  attention: companyList.attention,
  readAt: companyReads.readAt,
  eventAt: companyReads.eventAt,
  createdAt: companies.createdAt,
};

/** A company's head as its members see it. @throws AppError `not-found` */
export async function requireCompanyHead(actor: Actor, companyId: string) {
  if (!isMember(actor, companyId)) throw new AppError('not-found', 'notFound');
  const [row] = await getDb()
    .select(companyFields)
    .from(companies)
    .innerJoin(companyList, eq(companyList.companyId, companies.id))
    .innerJoin(companyReads, eq(companyReads.companyId, companies.id))
    .where(eq(companies.id, companyId));
  if (!row) throw new AppError('not-found', 'notFound');
  const company: ConnectionsOverview['company'] = {
    id: row.id,
    name: row.name,
    setup: companySetup(row),
    attention: row.attention,
  };
  return { company, ...freshness(row) };
}

/**
 * A company's present connections and those of the companies below it, oldest first; asked of the database once a request, though layout
 * and page both show them. @throws AppError `not-found`
 */
export const getConnectionsOverview = cache(
  async (actor: Actor, companyId: string): Promise<ConnectionsOverview> => {
    const head = await requireCompanyHead(actor, companyId);
    return { ...head, connections: await listFamily(companyId) };
  },
);

/** Present connections of a company that the caller has already checked. */
export async function listPresent(companyId: string): Promise<ConnectionSummary[]> {
  const rows = await getDb()
    .select(connectionFields)
    .from(connections)
    .where(and(eq(connections.companyId, companyId), isNull(connections.removedAt)))
    .orderBy(asc(connections.codatCreatedAt), asc(connections.id))
    .limit(200);
  return rows.map(toSummary);
}

/**
 * The same with those of the companies below it, which are its people's too, each with its company's name;
 * its own first.
 */
export async function listFamily(companyId: string): Promise<ConnectionSummary[]> {
  const { rows } = await getDb().execute<{ id: string; name: string }>(sql`
    with recursive ${treeBelow('tree', sql`${sql.param([companyId])}::uuid[]`)}
    select c.id, c.name from tree join companies c on c.id = tree.member_id
    where depth > 0 order by c.name, c.id limit 100`);
  const lists = await Promise.all([
    listPresent(companyId),
    ...rows.map(async ({ id, name }) =>
      (await listPresent(id)).map((connection) => ({ ...connection, subsidiary: name })),
    ),
  ]);
  return lists.flat();
}

/** One present connection of one of the actor's companies; null for anything else. */
export async function getConnection(
  actor: Actor,
  connectionId: string,
): Promise<ConnectionSummary | null> {
  const [row] = await getDb()
    .select(connectionFields)
    .from(connections)
    .where(
      and(
        eq(connections.id, storableText(connectionId)),
        inArray(connections.companyId, companyIdsOf(actor)),
        isNull(connections.removedAt),
      ),
    );
  return row ? toSummary(row) : null;
}

/** One connection with its history; null when it is not one of the actor's companies'. */
export async function getConnectionDetail(
  actor: Actor,
  connectionId: string,
): Promise<ConnectionDetail | null> {
  const connection = await getConnection(actor, connectionId);
  if (!connection) return null;
  const head = await requireCompanyHead(actor, connection.companyId);
  return { connection, ...head, history: await listHistory(connection.companyId, connectionId) };
}

async function listHistory(
  companyId: string,
  connectionId: string,
): Promise<ConnectionHistoryEntry[]> {
  const rows = await getDb()
    .select(historyFields)
    .from(connectionStatusChanges)
    .leftJoin(users, eq(users.id, connectionStatusChanges.actorId))
    .where(
      and(
        eq(connectionStatusChanges.companyId, companyId),
        eq(connectionStatusChanges.connectionId, connectionId),
      ),
    )
    .orderBy(desc(connectionStatusChanges.occurredAt), desc(connectionStatusChanges.recordedAt))
    .limit(100);
  return rows.map(toHistoryEntry);
}

/** The columns an entry of a history is shown from; needs `users` joined. */
const historyFields = {
  id: connectionStatusChanges.id,
  fromStatus: changeStates.from,
  toStatus: changeStates.to,
  source: connectionStatusChanges.source,
  occurredAt: connectionStatusChanges.occurredAt,
  recordedAt: connectionStatusChanges.recordedAt,
  actorName: users.name,
};

function toHistoryEntry(row: {
  id: string;
  fromStatus: string | null;
  toStatus: string | null;
  source: ChangeSource;
  occurredAt: Date;
  recordedAt: Date;
  actorName: string | null;
}): ConnectionHistoryEntry {
  return {
    id: row.id,
    fromStatus: row.fromStatus,
    toStatus: row.toStatus,
    source: row.source,
    occurredAt: row.occurredAt.toISOString(),
    recordedAt: row.recordedAt.toISOString(),
    actorName: row.actorName,
  };
}

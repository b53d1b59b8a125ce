import type { World } from '@/sandbox/world';
import { touchCompany } from './company-record';

export const STATUSES = ['PendingAuth', 'Linked', 'Unlinked', 'Deauthorized'] as const;
export type ConnectionStatus = (typeof STATUSES)[number];

export interface ConnectionError {
  statusCode: string;
  statusText: string;
  errorMessage: string;
  erroredOnUtc: string;
  status: 'Active' | 'Resolved';
  resolvedOnUtc?: string;
}

export interface Connection {
  id: string;
  companyId: string;
  platformKey: string;
  status: ConnectionStatus;
  createdMs: number;
  lastSyncMs: number | null;
  errors: ConnectionError[];
  /** Linked at least once: the next authorization is a reconnection. */
  wasLinked: boolean;
  /** Name of the business at the platform, as chosen there. */
  accountName: string | null;
  /** No read happens any more, though the status says nothing of it. */
  isStopped: boolean;
}

interface ConnectionRow {
  id: string;
  company_id: string;
  platform_key: string;
  status: ConnectionStatus;
  created_ms: number;
  last_sync_ms: number | null;
  errors: string;
  was_linked: number;
  account_name: string | null;
  stopped: number;
}

function toConnection(row: ConnectionRow): Connection {
  return {
    id: row.id,
    companyId: row.company_id,
    platformKey: row.platform_key,
    status: row.status,
    createdMs: row.created_ms,
    lastSyncMs: row.last_sync_ms,
    errors: JSON.parse(row.errors) as ConnectionError[],
    wasLinked: row.was_linked === 1,
    accountName: row.account_name,
    isStopped: row.stopped === 1,
  };
}

/** The connection with this id, of whichever company, or null. */
export function getConnection(world: World, connectionId: string): Connection | null {
  const row = world.store.get<ConnectionRow>(
    'SELECT * FROM connections WHERE id = ?',
    connectionId,
  );
  return row ? toConnection(row) : null;
}

/** A company's connections, oldest first. */
export function listConnectionsOf(world: World, companyId: string): Connection[] {
  return world.store
    .all<ConnectionRow>('SELECT * FROM connections WHERE company_id = ? ORDER BY seq', companyId)
    .map(toConnection);
}

/** The connections of many companies in one read, by company id. */
export function mapConnectionsOf(
  world: World,
  companyIds: readonly string[],
): Map<string, Connection[]> {
  const byCompany = new Map<string, Connection[]>(companyIds.map((id) => [id, []]));
  const rows = world.store.all<ConnectionRow>(
    `SELECT * FROM connections
     WHERE company_id IN (SELECT value FROM json_each(?)) ORDER BY company_id, seq`,
    JSON.stringify(companyIds),
  );
  for (const row of rows) byCompany.get(row.company_id)?.push(toConnection(row));
  return byCompany;
}

/** Writes a new connection. */
export function insertConnection(world: World, connection: Connection): void {
  world.store.run(
    `INSERT INTO connections
       (id, company_id, platform_key, status, created_ms, last_sync_ms, errors, was_linked,
        account_name, stopped)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    connection.id,
    connection.companyId,
    connection.platformKey,
    connection.status,
    connection.createdMs,
    connection.lastSyncMs,
    JSON.stringify(connection.errors),
    connection.wasLinked ? 1 : 0,
    connection.accountName,
    connection.isStopped ? 1 : 0,
  );
  touchCompany(world, connection.companyId);
}

/** Writes what can change in a connection. */
export function saveConnection(world: World, connection: Connection): void {
  world.store.run(
    `UPDATE connections SET status = ?, last_sync_ms = ?, errors = ?, was_linked = ?,
       account_name = ?, stopped = ? WHERE id = ?`,
    connection.status,
    connection.lastSyncMs,
    JSON.stringify(connection.errors),
    connection.wasLinked ? 1 : 0,
    connection.accountName,
    connection.isStopped ? 1 : 0,
    connection.id,
  );
  touchCompany(world, connection.companyId);
}

import 'server-only';
import { Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { getEnv } from '@/env';
import { SessionClient, sessionPool } from './session';

export type Db = NodePgDatabase & {
  $client: Pool;
  /** Fails everything that waits for the database, for when it is known to be away. */
  cutConnections: () => void;
};
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];
/** Either of the two, for functions that may run inside their caller's transaction. */
export type Executor = Db | Tx;

const held = globalThis as typeof globalThis & { portalDb?: Db };

/**
 * The process's one connection pool. Waiting for a connection ends after 3 s and a query after
 * 8 s, so that a database that hangs becomes an error and not a pile of open requests.
 */
export function getDb(): Db {
  held.portalDb ??= connect(getEnv().DATABASE_URL, { queryTimeoutMs: 8000 });
  return held.portalDb;
}

/** Opens a separate pool, for commands and tests. Close it with `db.$client.end()`. */
export function connect(
  connectionString: string,
  options: {
    max?: number;
    queryTimeoutMs?: number;
    connectTimeoutMs?: number;
    maxLifetimeSeconds?: number;
  } = {},
): Db {
  const queryTimeoutMs = options.queryTimeoutMs ?? 20_000;
  const sockets = new Set<Socket>();
  const pool = new Pool({
    ...sessionPool(connectionString, {
      connectionTimeoutMillis: options.connectTimeoutMs ?? 3000,
      query_timeout: queryTimeoutMs,
      // The server gives up first.
      statementTimeoutMs: queryTimeoutMs - 1000,
      keepAlive: true,
      application_name: 'hosted-link-portal',
      stream: () => {
        const socket = new Socket();
        sockets.add(socket);
        return socket.once('close', () => sockets.delete(socket));
      },
    }),
    max: options.max ?? 10,
    // A burst after a quiet minute should not have to open all of them at once.
    idleTimeoutMillis: 60_000,
    maxLifetimeSeconds: options.maxLifetimeSeconds ?? 0,
  });
  pool.on('error', () => {});
  // After a failover the pool would keep writing to the old primary: the next one looks anew.
  pool.on('release', (_error, client) => {
    if (client instanceof SessionClient && client.isReadOnly) void client.end();
  });
  return Object.assign(drizzle({ client: pool }), {
    cutConnections() {
      for (const socket of sockets) socket.destroy(awayError());
    },
  });
}

/** Closes the process's pool, if it has one. */
export async function closeDb(): Promise<void> {
  await held.portalDb?.$client.end();
}

function awayError(): Error {
  return Object.assign(new Error('the database does not answer'), { code: 'ETIMEDOUT' });
}

export type DatabaseAnswer = { readOnly: boolean; nowMs: number };

/**
 * Whether what is written now would be refused (a standby, or a database set to read only), and the
 * time by its clock, in milliseconds.
 */
export async function describeDatabase(db: Executor): Promise<DatabaseAnswer> {
  const { rows } = await db.execute<DatabaseAnswer>(sql`
    select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as "readOnly",
      extract(epoch from clock_timestamp())::float8 * 1000 as "nowMs"`);
  const [row] = rows;
  if (!row) throw new Error('the database answered without a row');
  return row;
}

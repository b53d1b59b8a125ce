import 'server-only';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { getEnv } from '@/lib/env';

export type Db = NodePgDatabase & { $client: Pool };
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];
/** Either of both: for functions that may run inside somebody else's transaction. */
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

/** Opens a pool of its own, for commands and tests. Close it with `db.$client.end()`. */
export function connect(
  connectionString: string,
  options: { max?: number; queryTimeoutMs?: number } = {},
): Db {
  const queryTimeoutMs = options.queryTimeoutMs ?? 20_000;
  const pool = new Pool({
    connectionString,
    max: options.max ?? 10,
    connectionTimeoutMillis: 3000,
    // A burst after a quiet minute should not have to open all of them at once.
    idleTimeoutMillis: 60_000,
    query_timeout: queryTimeoutMs,
    // The server gives up first: what it has given up has had no effect.
    statement_timeout: queryTimeoutMs - 1000,
    idle_in_transaction_session_timeout: 15_000,
    keepAlive: true,
    application_name: 'hosted-link-portal',
  });
  // An idle connection that breaks must not end the process; the next query opens another.
  pool.on('error', () => {});
  return drizzle({ client: pool });
}

import 'server-only';
import { sql } from 'drizzle-orm';
import type { Db } from '@/db/client';

export type DatabaseFacts = {
  version: string;
  versionNumber: number;
  encoding: string;
  name: string;
  connections: number;
  maxConnections: number;
  /** How far its clock is ahead of ours. */
  aheadMs: number;
  extensions: string[];
  /** Why it takes no writes; null if it does. */
  readOnly: 'standby' | 'setting' | null;
  durationMs: number;
};

/** What several checks ask of the database, asked once, with the first who wants it. */
export type DatabaseProbe = () => Promise<DatabaseFacts>;

/** Its function throws what the driver throws. */
export function probeDatabase(db: Db): DatabaseProbe {
  let asked: Promise<DatabaseFacts> | undefined;
  return () => {
    asked ??= ask(db);
    return asked;
  };
}

type Row = {
  version: string;
  version_number: number;
  encoding: string;
  name: string;
  connections: number;
  max_connections: number;
  now_ms: string;
  extensions: string[];
  read_only: DatabaseFacts['readOnly'];
};

async function ask(db: Db): Promise<DatabaseFacts> {
  // The first query opens the connection; its time would be taken for a difference of clocks.
  await db.execute(sql`select 1`);
  const askedAt = Date.now();
  const { rows } = await db.execute<Row>(sql`
    select current_setting('server_version') as version,
      current_setting('server_version_num')::int as version_number,
      current_setting('server_encoding') as encoding,
      current_database() as name,
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend')
        as connections,
      current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int as max_connections,
      extract(epoch from clock_timestamp()) * 1000 as now_ms,
      (select coalesce(array_agg(extname::text), '{}') from pg_extension) as extensions,
      case when pg_is_in_recovery() then 'standby'
        when current_setting('transaction_read_only')::boolean then 'setting' end as read_only`);
  const answeredAt = Date.now();
  const [row] = rows;
  if (!row) throw new Error('the database answered nothing');
  return {
    version: row.version,
    versionNumber: row.version_number,
    encoding: row.encoding,
    name: row.name,
    connections: row.connections,
    maxConnections: row.max_connections,
    aheadMs: Math.round(Number(row.now_ms) - (askedAt + answeredAt) / 2),
    extensions: row.extensions,
    readOnly: row.read_only,
    durationMs: answeredAt - askedAt,
  };
}

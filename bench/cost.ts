import { Client } from 'pg';
import { getDb } from '@/db/client';

/** What a piece of work cost the database. Counts are of statements and of row updates. */
export type Cost = {
  walBytes: number;
  statements: number;
  updates: number;
  hotUpdates: number;
  companyUpdates: number;
};

/**
 * Measures what `run` writes and asks, through whatever connection of this process.
 * @throws when a checkpoint came between, after which PostgreSQL may log whole pages.
 */
export async function costOf(run: () => Promise<unknown>): Promise<Cost> {
  const before = await readState();
  const statements = await countStatements(run);
  const after = await readState();
  if (before.redo !== after.redo) throw new Error('a checkpoint came between');
  return {
    walBytes: after.wal - before.wal,
    statements,
    updates: after.updates - before.updates,
    hotUpdates: after.hotUpdates - before.hotUpdates,
    companyUpdates: after.companyUpdates - before.companyUpdates,
  };
}

/**
 * Keeps PostgreSQL from checkpoints while `run` measures: it would otherwise begin one after so much
 * WAL. The server is the benchmarks' own.
 */
export async function withoutCheckpoints(run: () => Promise<void>): Promise<void> {
  const settings = { checkpoint_timeout: '1d', max_wal_size: '64GB' };
  const { $client } = getDb();
  for (const [name, value] of Object.entries(settings)) {
    await $client.query(`alter system set ${name} = '${value}'`);
  }
  await $client.query('select pg_reload_conf()');
  // One that has begun already ends with this.
  await $client.query('checkpoint');
  try {
    await run();
  } finally {
    for (const name of Object.keys(settings)) await $client.query(`alter system reset ${name}`);
    await $client.query('select pg_reload_conf()');
  }
}

type State = Omit<Cost, 'walBytes' | 'statements'> & { wal: number; redo: string };

async function readState(): Promise<State> {
  await flushStatistics();
  const { rows } = await getDb().$client.query<Record<keyof State, string>>(`
    select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as wal,
      (select redo_lsn from pg_control_checkpoint()) as redo,
      sum(n_tup_upd) as updates, sum(n_tup_hot_upd) as "hotUpdates",
      sum(n_tup_upd) filter (where relname like 'compan%') as "companyUpdates"
    from pg_stat_user_tables where schemaname = 'public'`);
  const [row] = rows;
  if (!row) throw new Error('no statistics');
  return {
    wal: Number(row.wal),
    redo: row.redo,
    updates: Number(row.updates),
    hotUpdates: Number(row.hotUpdates),
    companyUpdates: Number(row.companyUpdates),
  };
}

/** A connection keeps what it has counted to itself for up to a minute, unless it is told otherwise. */
async function flushStatistics(): Promise<void> {
  const pool = getDb().$client;
  const clients = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()));
  await Promise.all(clients.map((client) => client.query('select pg_stat_force_next_flush()')));
  for (const client of clients) client.release();
}

async function countStatements(run: () => Promise<unknown>): Promise<number> {
  const query = Client.prototype.query;
  let count = 0;
  Client.prototype.query = function counted(this: Client, ...all: unknown[]) {
    count += 1;
    return (query as (...all: unknown[]) => unknown).apply(this, all);
  } as typeof query;
  try {
    await run();
  } finally {
    Client.prototype.query = query;
  }
  return count;
}

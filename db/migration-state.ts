import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from './client';
import journal from './migrations/meta/_journal.json';
import { findTable } from './places';

/** Whether every migration that this build knows has been applied. */
export async function isMigrated(db: Executor): Promise<boolean> {
  return Math.max(...known) <= (await newestApplied(db));
}

/** Whether the database was migrated before the first of this build's migrations was written. */
export async function hasOlderHistory(db: Executor): Promise<boolean> {
  const table = await findJournal(db);
  if (!table) return false;
  const { rows } = await db.execute(
    sql`select from ${table} where created_at < ${Math.min(...known)} limit 1`,
  );
  return rows.length > 0;
}

const known = journal.entries.map(({ when }) => when);

async function findJournal(db: Executor): Promise<SQL | null> {
  const schema = await findTable(db, 'drizzle', '__drizzle_migrations');
  return schema ? sql`${sql.identifier(schema)}.__drizzle_migrations` : null;
}

/** When the newest one was written that the database has; 0 when it has none. */
async function newestApplied(db: Executor): Promise<number> {
  const table = await findJournal(db);
  if (!table) return 0;
  const { rows } = await db.execute<{ newest: string | null }>(
    sql`select max(created_at) as newest from ${table}`,
  );
  return Number(rows[0]?.newest ?? 0);
}

export type MigrationState = {
  /** How many this build knows. */
  known: number;
  missing: number;
  /** Whether it has none at all. */
  isNew: boolean;
  /** Whether the database has one that this build does not know. */
  isAhead: boolean;
};

/** How the database's migrations compare with those of this build; all are missing in an empty one. */
export async function getMigrationState(db: Executor): Promise<MigrationState> {
  const newest = await newestApplied(db);
  return {
    known: known.length,
    missing: known.filter((when) => when > newest).length,
    isNew: newest === 0,
    isAhead: newest > Math.max(...known),
  };
}

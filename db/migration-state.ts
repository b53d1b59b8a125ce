import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor } from './client';
import journal from './migrations/meta/_journal.json';

/** Whether every migration that this build knows has been applied. */
export async function isMigrated(db: Executor): Promise<boolean> {
  const newest = Math.max(...journal.entries.map(({ when }) => when));
  const { rows } = await db.execute<{ newest: string | null }>(
    sql`select max(created_at) as newest from drizzle.__drizzle_migrations`,
  );
  return Number(rows[0]?.newest ?? 0) >= newest;
}

/** Whether the database was migrated before the first of this build's migrations was written. */
export async function hasOlderHistory(db: Executor): Promise<boolean> {
  const { rows: tables } = await db.execute<{ name: string | null }>(
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`,
  );
  if (!tables[0]?.name) return false;
  const first = Math.min(...journal.entries.map(({ when }) => when));
  const { rows } = await db.execute(
    sql`select from drizzle.__drizzle_migrations where created_at < ${first} limit 1`,
  );
  return rows.length > 0;
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
  const known = journal.entries.map(({ when }) => when);
  const { rows: tables } = await db.execute<{ name: string | null }>(
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`,
  );
  if (!tables[0]?.name) {
    return { known: known.length, missing: known.length, isNew: true, isAhead: false };
  }
  const { rows } = await db.execute<{ newest: string | null }>(
    sql`select max(created_at) as newest from drizzle.__drizzle_migrations`,
  );
  const newest = Number(rows[0]?.newest ?? 0);
  return {
    known: known.length,
    missing: known.filter((when) => when > newest).length,
    isNew: newest === 0,
    isAhead: newest > Math.max(...known),
  };
}

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

export type MigrationState = {
  /** How many this build knows. */
  known: number;
  missing: number;
  /** Whether the database has one that this build does not know. */
  isAhead: boolean;
};

/** How the database's migrations compare with those of this build; all are missing in an empty one. */
export async function getMigrationState(db: Executor): Promise<MigrationState> {
  const known = journal.entries.map(({ when }) => when);
  const { rows: tables } = await db.execute<{ name: string | null }>(
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`,
  );
  if (!tables[0]?.name) return { known: known.length, missing: known.length, isAhead: false };
  const { rows } = await db.execute<{ newest: string | null }>(
    sql`select max(created_at) as newest from drizzle.__drizzle_migrations`,
  );
  const newest = Number(rows[0]?.newest ?? 0);
  return {
    known: known.length,
    missing: known.filter((when) => when > newest).length,
    isAhead: newest > Math.max(...known),
  };
}

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

import 'server-only';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { Db } from './client';

/** Brings the database up to the newest migration. Safe to run from several processes at once. */
export async function migrateDatabase(db: Db, migrationsFolder: string): Promise<void> {
  const lock = await db.$client.connect();
  try {
    await lock.query('select pg_advisory_lock(726001)');
    await migrate(db, { migrationsFolder });
  } finally {
    await lock.query('select pg_advisory_unlock(726001)').catch(() => {});
    lock.release();
  }
}

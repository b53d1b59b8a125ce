import { Client } from 'pg';
import { connect } from '@/db/client';
import { migrateDatabase } from '@/db/migrate';
import { installQueues } from '@/lib/runtime/jobs/boss';
import { databaseUrl, workerDatabase } from './database-names';
import { hostileSettings } from './hostile-settings';

const workerIds = ['1', '2'];

/**
 * Migrates the given test database once and copies it for each worker. Without DATABASE_URL only
 * tests that need no database can run: `npm test unit` brings a PostgreSQL along.
 */
export async function setup(): Promise<void> {
  const base = process.env.DATABASE_URL;
  if (!base) return;
  await refuseForeignDatabase(base);
  const db = connect(base, { max: 2 });
  await migrateDatabase(db, 'db');
  await installQueues(db, base);
  await db.$client.end();
  const template = new URL(base).pathname.slice(1);
  const admin = new Client({ connectionString: databaseUrl(base, 'postgres') });
  await admin.connect();
  for (const id of workerIds) {
    const name = workerDatabase(base, id);
    await admin.query(`drop database if exists "${name}" with (force)`);
    await admin.query(`create database "${name}" template "${template}"`);
    for (const [setting, value] of hostileSettings) {
      await admin.query(`alter database "${name}" set ${setting} = '${value}'`);
    }
  }
  await admin.end();
}

/** Only an empty database, or one that carries the mark of a test, is touched. */
async function refuseForeignDatabase(base: string): Promise<void> {
  const client = new Client({ connectionString: base });
  await client.connect();
  try {
    const { rows } = await client.query<{ tables: number; marker: string | null }>(
      `select count(*)::int as tables, to_regclass('environment_marker')::text as marker
       from information_schema.tables where table_schema = 'public'`,
    );
    if (rows[0]?.tables === 0) return;
    const marked =
      rows[0]?.marker &&
      (await client.query("select from environment_marker where kind = 'test'")).rowCount;
    if (!marked) throw new Error('DATABASE_URL is not a test database, so it was left untouched.');
  } finally {
    await client.end();
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connect } from './client';
import { migrateDatabase } from './migrate';
import journal from './migrations/meta/_journal.json';

const folder = join(import.meta.dirname, 'migrations');
/** What an empty database begins with. */
const first = '0000_tables.sql';

/** Indexes that could not have been made by hand before, without a lock. */
const locking = (sql: string) =>
  (sql.match(/create (unique )?index.*/gi) ?? []).filter((line) => !/ if not exists /i.test(line));

it('makes no index that could not have been made by hand before', () => {
  const later = readdirSync(folder).filter((name) => name.endsWith('.sql') && name > first);
  for (const name of later) {
    expect(locking(readFileSync(join(folder, name), 'utf8')), name).toEqual([]);
  }
  expect(locking(readFileSync(join(folder, first), 'utf8'))).not.toEqual([]);
});

it('leaves a database that has an older history as it is, and says so', async () => {
  const { DATABASE_URL = '' } = process.env;
  const db = connect(DATABASE_URL, { max: 2 });
  const older = Math.min(...journal.entries.map(({ when }) => when)) - 1;
  try {
    await db.execute(`insert into drizzle.__drizzle_migrations (hash, created_at)
      values ('older', ${older})`);
    await expect(migrateDatabase(db, 'db')).rejects.toThrow('an older history of migrations');
  } finally {
    await db.execute(`delete from drizzle.__drizzle_migrations where hash = 'older'`);
    await db.$client.end();
  }
});

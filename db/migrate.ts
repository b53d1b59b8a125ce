import 'server-only';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { PoolClient } from 'pg';
import type { Db } from './client';
import { hasOlderHistory } from './migration-state';

/**
 * Brings the database up to the newest migration, and its functions and triggers to those of
 * `functions.sql`. Safe to run from several processes at once.
 * @throws when the database was made by migrations that this build no longer has.
 */
export async function migrateDatabase(db: Db, folder: string): Promise<void> {
  const lock = await db.$client.connect();
  try {
    await lock.query('select pg_advisory_lock(726001)');
    if (await hasOlderHistory(db)) {
      throw new Error(
        'This database has an older history of migrations, which nothing leads on from: use an empty one.',
      );
    }
    const functions = readFunctions(folder);
    const isNew = !(await isApplied(lock, functions.hash));
    if (isNew) await lock.query(functions.before);
    await migrate(db, { migrationsFolder: join(folder, 'migrations') });
    if (isNew) await applyAfter(lock, functions);
  } finally {
    await lock.query('select pg_advisory_unlock(726001)').catch(() => {});
    lock.release();
  }
}

type Functions = { before: string; after: string; hash: string };

function readFunctions(folder: string): Functions {
  const text = readFileSync(join(folder, 'functions.sql'), 'utf8');
  const [before, after, ...more] = text.split(/^-- Above this line.*$/m);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error('functions.sql has not one line that parts it');
  }
  return { before, after, hash: createHash('sha256').update(text).digest('hex') };
}

/** Only what has changed is applied: a trigger, once made again, has locked its table for writing. */
async function isApplied(client: PoolClient, hash: string): Promise<boolean> {
  await client.query('create schema if not exists drizzle');
  await client.query(
    'create table if not exists drizzle.functions_applied (hash text primary key)',
  );
  const { rowCount } = await client.query('select from drizzle.functions_applied where hash = $1', [
    hash,
  ]);
  return rowCount === 1;
}

/** Several statements in one query are one transaction. */
async function applyAfter(client: PoolClient, { after, hash }: Functions): Promise<void> {
  await client.query(`${after};
    delete from drizzle.functions_applied;
    insert into drizzle.functions_applied (hash) values ('${hash}')`);
}

import 'server-only';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import type { Db, Tx } from './client';
import { hasOlderHistory } from './migration-state';
import { requireRights, schemaOf } from './places';

/**
 * Brings the database up to the newest migration, and its functions and triggers to those of
 * `functions.sql`. Safe to run from several processes at once, also through a pooler that gives each
 * transaction another connection.
 * @throws when the database was made by migrations that this build no longer has, or when the role
 * lacks a right; the message then names the statement for an administrator.
 */
export async function migrateDatabase(db: Db, folder: string): Promise<void> {
  const functions = readFunctions(folder);
  const migrations = readMigrationFiles({ migrationsFolder: join(folder, 'migrations') });
  await oneAtATime(db, async (tx) => {
    if (await hasOlderHistory(tx)) {
      throw new Error(
        'This database has an older history of migrations, which nothing leads on from: use an empty one.',
      );
    }
    await requireRights(tx);
    const journal = await createJournal(tx);
    if (!(await isApplied(tx, journal, functions.hash))) await run(tx, functions.before);
    await applyMigrations(tx, journal, migrations);
  });
  // Apart: a trigger, once made again, has locked its table for writing.
  await oneAtATime(db, async (tx) => {
    const journal = await createJournal(tx);
    if (await isApplied(tx, journal, functions.hash)) return;
    await run(tx, functions.after);
    const applied = sql`${sql.identifier(journal)}.functions_applied`;
    await tx.execute(sql`delete from ${applied}`);
    await tx.execute(sql`insert into ${applied} (hash) values (${functions.hash})`);
  });
}

function oneAtATime(db: Db, work: (tx: Tx) => Promise<void>): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(726001)`);
    await work(tx);
  });
}

const run = (tx: Tx, text: string) => tx.execute(sql.raw(text));

/** Makes the tables in which migrations and functions are noted. @returns their schema. */
async function createJournal(tx: Tx): Promise<string> {
  const schema = await schemaOf(tx, 'drizzle', '__drizzle_migrations');
  // Asks for the right to make schemas even where there is nothing to make.
  const known = await tx.execute(sql`select from pg_namespace where nspname = ${schema}`);
  if (known.rowCount === 0) await tx.execute(sql`create schema ${sql.identifier(schema)}`);
  const [journal, applied] = ['__drizzle_migrations', 'functions_applied'].map(
    (name) => sql`${sql.identifier(schema)}.${sql.identifier(name)}`,
  );
  await tx.execute(sql`create table if not exists ${journal}
    (id serial primary key, hash text not null, created_at bigint)`);
  await tx.execute(sql`create table if not exists ${applied} (hash text primary key)`);
  return schema;
}

async function isApplied(tx: Tx, journal: string, hash: string): Promise<boolean> {
  const { rowCount } = await tx.execute(
    sql`select from ${sql.identifier(journal)}.functions_applied where hash = ${hash}`,
  );
  return rowCount === 1;
}

async function applyMigrations(tx: Tx, journal: string, all: MigrationMeta[]): Promise<void> {
  const table = sql`${sql.identifier(journal)}.__drizzle_migrations`;
  const { rows } = await tx.execute<{ newest: string | null }>(
    sql`select max(created_at) as newest from ${table}`,
  );
  const newest = Number(rows[0]?.newest ?? 0);
  for (const { sql: statements, hash, folderMillis } of all) {
    if (folderMillis <= newest) continue;
    // drizzle-kit names the schema in foreign keys only; ours is the first of the search path.
    for (const text of statements) await run(tx, text.replaceAll('"public".', ''));
    await tx.execute(
      sql`insert into ${table} (hash, created_at) values (${hash}, ${folderMillis})`,
    );
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

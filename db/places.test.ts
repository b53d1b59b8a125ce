import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn } from '@/lib/auth/sign-in';
import { signUp } from '@/lib/companies/sign-up';
import { installQueues, stopBoss } from '@/lib/runtime/jobs/boss';
import { databaseUrl } from '@/testing/database-names';
import { noContext } from '@/testing/make-customer';
import { connect, type Db, getDb } from './client';
import { migrateDatabase } from './migrate';
import { isMigrated } from './migration-state';

const given = process.env.DATABASE_URL ?? '';
const name = 'portal_one_schema';
const role = 'portal_app';
let owner: Client;

async function onServer(...statements: string[]): Promise<void> {
  const admin = new Client({ connectionString: databaseUrl(given, 'postgres') });
  await admin.connect();
  for (const statement of statements) await admin.query(statement);
  await admin.end();
}

beforeAll(async () => {
  await onServer(
    `drop database if exists ${name} with (force)`,
    `drop role if exists ${role}`,
    `create role ${role} login password 'secret'`,
    `create database ${name}`,
  );
  owner = new Client({ connectionString: databaseUrl(given, name) });
  await owner.connect();
  await owner.query(`revoke all on schema public from public;
    revoke all on database ${name} from public; grant connect on database ${name} to ${role}`);
  const url = new URL(databaseUrl(given, name));
  url.username = role;
  url.password = 'secret';
  process.env.DATABASE_URL = url.href;
});

afterAll(async () => {
  await stopBoss(1000);
  await getDb().$client.end();
  await owner.end();
  await onServer(`drop database ${name} with (force)`, `drop role ${role}`);
});

/** As `npm run db:migrate` does it. */
async function migrate(): Promise<void> {
  const url = process.env.DATABASE_URL ?? '';
  const db: Db = connect(url, { max: 2 });
  try {
    await migrateDatabase(db, 'db');
    await installQueues(db, url);
  } finally {
    await db.$client.end();
  }
}

it('says in one line what an administrator has to allow, and then works in one schema', async () => {
  // What each message names is what is run next.
  const asked: string[] = [];
  for (let tries = 0; tries < 4; tries += 1) {
    const problem = await migrate().catch((error: Error) => error.message);
    if (problem === undefined) break;
    expect(problem).toMatch(/^The .*portal_app.* Have an administrator of this database run: .*;$/);
    const statement = problem.replace(/^.* run: /, '');
    asked.push(statement.replace(/ .*/s, ''));
    await owner.query(statement);
  }
  expect(asked).toEqual(['CREATE', 'CREATE']);
  const { rows } = await owner.query(`select schemaname as name, count(*)::int > 20 as many
    from pg_tables where schemaname not in ('pg_catalog', 'information_schema') group by 1`);
  expect(rows).toEqual([{ name: 'portal', many: true }]);
  await migrate();
});

it('serves people from there, also when the role’s own path changes', async () => {
  await owner.query(`alter role ${role} set search_path = public`);
  const password = 'a-long-enough-one';
  const email = 'ada@example.com';
  const names = { name: 'Ada', businessName: 'Ada & Sons' };
  await signUp({ ...names, email, password }, noContext);
  await expect(signIn({ email, password }, noContext)).resolves.toMatchObject({});
  expect(await isMigrated(getDb())).toBe(true);
  const jobs = await getDb().execute(sql`select from job`);
  expect(jobs.rowCount).toBe(1);
});

it('finds the extension in another schema, once it may look there', async () => {
  await owner.query('alter extension pg_trgm set schema public');
  await expect(migrate()).rejects.toThrow(`GRANT USAGE ON SCHEMA public TO ${role};`);
  await owner.query(`grant usage on schema public to ${role}`);
  await migrate();
});

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect } from '../postgres/connect.mjs';
import { moveOlderAside } from './older-history.mjs';

const name = 'portal_older_history';
const cluster = {
  url: (database) => Object.assign(new URL(process.env.DATABASE_URL), { pathname: database }).href,
};
const folder = mkdtempSync(join(tmpdir(), 'older-history-'));
const sandboxFolder = join(folder, 'sandbox');
const now = new Date('2026-11-28T12:00:00Z');
const kept = `${name}_20261128120000`;

async function ask(database, ...statements) {
  const client = await connect(cluster.url(database));
  try {
    let rows = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

const drop = () =>
  ask('postgres', ...[name, kept].map((one) => `drop database if exists ${one} with (force)`));

beforeAll(async () => {
  await drop();
  await ask('postgres', `create database ${name}`);
});
afterAll(async () => {
  await drop();
  rmSync(folder, { recursive: true });
});

const migrated = (when) => [
  'create schema if not exists drizzle',
  'create table if not exists drizzle.__drizzle_migrations (hash text, created_at bigint)',
  'truncate drizzle.__drizzle_migrations',
  `insert into drizzle.__drizzle_migrations values ('x', ${when})`,
];
const move = () => moveOlderAside(cluster, { name, sandboxFolder, now });

it('leaves a database alone that is empty, or of these migrations', async () => {
  expect(await move()).toBeNull();
  await ask(name, ...migrated(Number.MAX_SAFE_INTEGER));
  expect(await move()).toBeNull();
});

it('moves one of an older history aside, with its local Codat, and says where to', async () => {
  mkdirSync(sandboxFolder);
  writeFileSync(join(sandboxFolder, 'codat.sqlite'), 'x');
  await ask(name, ...migrated(1));
  const line = await move();
  expect(line).toContain(kept);
  expect(line.split('\n')).toHaveLength(1);
  expect(existsSync(sandboxFolder)).toBe(false);
  expect(readdirSync(folder)).toEqual(['sandbox-20261128120000']);
  expect(await ask(kept, 'select hash from drizzle.__drizzle_migrations')).toEqual([{ hash: 'x' }]);
  expect(await ask(name, `select to_regclass('drizzle.__drizzle_migrations') as found`)).toEqual([
    { found: null },
  ]);
  expect(await move()).toBeNull();
});

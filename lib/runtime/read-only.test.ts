import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { getEnv } from '@/env';
import { renderMetrics } from '@/lib/operations/metrics/render-metrics';
import { databaseUrl } from '@/testing/database-names';
import { makeOwnDatabase } from '@/testing/own-database';
import { isDatabaseAway, isDatabaseReadOnly } from './database-away';
import { watchDatabase } from './database-watch';
import { getReadiness } from './readiness';

let dropDatabase: () => Promise<void>;
let stopWatching: () => void;
let admin: Client;

beforeAll(async () => {
  dropDatabase = await makeOwnDatabase('read_only');
  const connectionString = databaseUrl(process.env.DATABASE_URL ?? '', 'postgres');
  admin = new Client({ connectionString });
  await admin.connect();
  stopWatching = watchDatabase();
});
afterAll(async () => {
  stopWatching();
  await getDb().$client.end();
  await admin.end();
  await dropDatabase();
});

const name = () => new URL(getEnv().DATABASE_URL).pathname.slice(1);
const write = () =>
  getDb().transaction((tx) =>
    tx.execute(sql`insert into throttle_hits (key, window_start, hits)
      values (${crypto.randomUUID()}, now(), 1)`),
  );
const writes = (count: number) =>
  Promise.allSettled(Array.from({ length: count }, write)).then((all) =>
    all.map(({ status }) => status),
  );
const upAt = async (now: number) =>
  /^portal_database_up (\d)$/m.exec((await renderMetrics(now)).text)?.[1];

it('knows a database that became read-only, and uses it again when it is not, without a restart', async () => {
  expect(await getReadiness()).toBe('ready');
  await admin.query(`alter database ${name()} set default_transaction_read_only = on`);
  // Sessions of before may still write; those of a new process can't.
  await expect.poll(getReadiness, { timeout: 15_000 }).toBe('read-only');
  expect(await upAt(1)).toBe('0');

  // A whole pool of sessions that can't write, as after a failover.
  getDb().cutConnections();
  expect(new Set(await writes(20))).toEqual(new Set(['rejected']));
  const error: unknown = await write().catch((reason: unknown) => reason);
  expect([isDatabaseAway(error), isDatabaseReadOnly(error)]).toEqual([true, true]);
  await expect(getDb().execute(sql`select from users`)).resolves.toBeDefined();

  await admin.query(`alter database ${name()} reset default_transaction_read_only`);
  await expect.poll(getReadiness, { timeout: 15_000 }).toBe('ready');
  expect(new Set(await writes(20))).toEqual(new Set(['fulfilled']));
  expect(await upAt(1e9)).toBe('1');
});

it('drops a session that was refused a write, in a transaction too', async () => {
  const held = await getDb().$client.connect();
  await held.query('set default_transaction_read_only = on');
  held.release();
  const outcomes = await writes(20);
  expect(outcomes.filter((status) => status === 'rejected').length).toBeLessThanOrEqual(1);
  expect(new Set(await writes(20))).toEqual(new Set(['fulfilled']));
});

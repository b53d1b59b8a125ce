import { createServer, type Server, Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getEnv } from '@/env';
import { connect, type Db } from './client';

/** Between pool and database, so that the database can fall silent with its connections open. */
let between: Server;
let silent = false;
let db: Db;
const uncaught: unknown[] = [];
const keep = (error: unknown) => uncaught.push(error);

beforeAll(async () => {
  const url = new URL(getEnv().DATABASE_URL);
  const [port, host] = [Number(url.port || 5432), url.hostname];
  between = createServer((near) => {
    const far = new Socket().connect(port, host);
    near.on('data', (data) => silent || far.write(data));
    far.on('data', (data) => silent || near.write(data));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => {});
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
  const address = between.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  url.hostname = '127.0.0.1';
  url.port = String(address.port);
  db = connect(url.href, { max: 3 });
  process.on('uncaughtException', keep);
});

afterAll(async () => {
  process.off('uncaughtException', keep);
  await db.$client.end();
  between.close();
});

const ask = () => db.execute(sql`select 1`);

it('what waits for a silent database fails when its connections are cut, and the next is served', async () => {
  await Promise.all([ask(), ask()]);
  const inside = Promise.withResolvers<void>();
  const beforeCommit = Promise.withResolvers<void>();
  // Between two statements of a transaction nobody waits for an answer.
  const transaction = db.transaction(async (tx) => {
    await tx.execute(sql`select 1`);
    inside.resolve();
    await beforeCommit.promise;
  });
  await inside.promise;
  silent = true;
  const waiting = [ask(), ask(), ask(), ask()];
  const startedAt = performance.now();
  const outcomes = Promise.allSettled([...waiting, transaction]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  db.cutConnections();
  beforeCommit.resolve();
  silent = false;
  const statuses = (await outcomes).map(({ status }) => status);
  // Those that stood in line for a connection are served by a new one.
  expect(statuses.slice(0, 2)).toEqual(['rejected', 'rejected']);
  expect(statuses.at(-1)).toBe('rejected');
  expect(performance.now() - startedAt).toBeLessThan(3000);
  await expect(ask()).resolves.toMatchObject({ rowCount: 1 });
  expect(uncaught).toEqual([]);
});

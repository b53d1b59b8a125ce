import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectOwnEnv } from '@/env';
import { type LiveNotice, stopListening, subscribe } from '@/lib/live/listener';
import { publishChange } from '@/lib/live/publish';
import { createContext } from '@/lib/operations/checks/context';
import { liveUpdates } from '@/lib/operations/checks/sessions';
import { installQueues } from '@/lib/runtime/jobs/boss';
import { databaseUrl } from '@/testing/database-names';
import { makeOwnDatabase } from '@/testing/own-database';
import { pgbouncer, startPgBouncer } from '@/testing/pgbouncer';
import { connect, type Db, getDb } from './client';
import { migrateDatabase } from './migrate';

const direct = process.env.DATABASE_URL ?? '';

/** Where the machine has no PgBouncer, `session.test.ts` still holds what it would refuse. */
describe.skipIf(!pgbouncer).each(['session', 'transaction'] as const)(
  'through PgBouncer in %s mode',
  (mode) => {
    let bouncer: Awaited<ReturnType<typeof startPgBouncer>>;
    let dropDatabase: () => Promise<void>;
    let db: Db;
    let ownDirect: string;

    beforeAll(async () => {
      process.env.DATABASE_URL = direct;
      dropDatabase = await makeOwnDatabase(`pgbouncer_${mode}`);
      ownDirect = process.env.DATABASE_URL ?? '';
      bouncer = await startPgBouncer(ownDirect, mode);
      db = connect(bouncer.url);
    });
    afterAll(async () => {
      await db.$client.end();
      await bouncer.stop();
      await dropDatabase();
    });

    it('statements, transactions, migrations and jobs work, many at once', async () => {
      const once = (key: number) =>
        db.transaction(async (tx) => {
          await tx.execute(sql`insert into throttle_hits (key, window_start, hits)
            values (${`${mode} ${key}`}, now(), 1)`);
          const { rows } = await tx.execute<{ at: string }>(sql`select now()::text as at`);
          return rows[0]?.at ?? '';
        });
      const times = await Promise.all(Array.from({ length: 40 }, (_none, key) => once(key)));
      for (const at of times) expect(at).toMatch(/^\d{4}-\d\d-\d\d .*\+00$/);
      await Promise.all([migrateDatabase(db, 'db'), migrateDatabase(db, 'db')]);
      await installQueues(db, bouncer.url);
    });

    it('statements end in time', async () => {
      const hasty = connect(bouncer.url, { max: 1, queryTimeoutMs: 1200 });
      await expect(hasty.execute(sql`select pg_sleep(5)`)).rejects.toMatchObject({
        cause: { code: '57014' },
      });
      await hasty.$client.end();
    });

    it('the doctor knows whether notices arrive', async () => {
      const look = (change: object) => {
        const { values, ...rest } = inspectOwnEnv();
        const environment = {
          ...rest,
          values: { ...values, DATABASE_URL: bouncer.url, ...change },
        };
        return createContext(environment, db);
      };
      const heard = mode === 'session' ? 'ok' : 'fail';
      expect(await liveUpdates.run(look({}))).toMatchObject({ state: heard });
      const past = look({ DATABASE_DIRECT_URL: ownDirect });
      expect(await liveUpdates.run(past)).toMatchObject({ state: 'ok' });
      const elsewhere = look({ DATABASE_DIRECT_URL: databaseUrl(ownDirect, 'postgres') });
      expect(await liveUpdates.run(elsewhere)).toMatchObject({ state: 'fail' });
    });
  },
);

describe.skipIf(!pgbouncer)('an open page', () => {
  it('is told by the clock what PgBouncer in transaction mode keeps from it', async () => {
    process.env.DATABASE_URL = direct;
    const bouncer = await startPgBouncer(direct, 'transaction');
    process.env.DATABASE_URL = bouncer.url;
    const heard: LiveNotice[] = [];
    const unsubscribe = subscribe((notice) => heard.push(notice));
    await expect.poll(() => heard.length, { timeout: 5000 }).toBe(1);
    await publishChange(getDb(), [crypto.randomUUID()]);
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(1);
    expect(new Set(heard.map(({ kind }) => kind))).toEqual(new Set(['gap']));
    unsubscribe();
    await stopListening();
    await getDb().$client.end();
    await bouncer.stop();
  });
});

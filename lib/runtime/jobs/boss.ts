import 'server-only';
import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import { type Db, getDb, type Tx } from '@/db/client';
import { schemaOf } from '@/db/places';
import { sessionPool } from '@/db/session';
import { getEnv } from '@/env';
import { logger } from '@/lib/runtime/logger';
import { remember } from '@/lib/runtime/process-state';
import { queues } from './queues';

const held = remember<{ boss?: Promise<PgBoss> | undefined }>('pg-boss', () => ({}));

const ownSchema = 'pgboss';
const queuesSchema = (db: Db) => schemaOf(db, ownSchema, 'queue');

/** Creates or upgrades the tables of pg-boss and our queues. Part of `db:migrate`. */
export async function installQueues(db: Db, connectionString: string): Promise<void> {
  const schema = await queuesSchema(db);
  const boss = new PgBoss({
    // Its tables may be big: what changes them takes as long as it takes.
    ...sessionPool(connectionString, { statementTimeoutMs: 0, idleInTransactionMs: 0 }),
    schema,
    createSchema: schema === ownSchema,
    supervise: false,
    schedule: false,
    max: 2,
  });
  boss.on('error', (error) => logger.error({ err: error }, 'pg-boss'));
  await boss.start();
  for (const { name, options } of Object.values(queues)) {
    await boss.createQueue(name, options);
    const { policy: _fixed, ...changeable } = options;
    await boss.updateQueue(name, changeable);
  }
  await boss.stop({ graceful: false });
}

/**
 * This process's pg-boss. A process that only sends keeps no schedules; the one that works passes
 * `work`.
 */
export function getBoss(role: 'send' | 'work' = 'send'): Promise<PgBoss> {
  held.boss ??= start(role).catch((error: unknown) => {
    held.boss = undefined;
    throw error;
  });
  return held.boss;
}

async function start(role: 'send' | 'work'): Promise<PgBoss> {
  const works = role === 'work';
  const boss = new PgBoss({
    ...sessionPool(getEnv().DATABASE_URL, {
      application_name: 'hosted-link-portal-jobs',
      connectionTimeoutMillis: 5000,
      statementTimeoutMs: 60_000,
    }),
    max: works ? 4 : 2,
    schema: await queuesSchema(getDb()),
    migrate: false,
    createSchema: false,
    supervise: works,
    schedule: works,
    // A span for every look into an empty queue; our own say what a job does.
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => logger.warn({ err: error }, 'pg-boss'));
  await boss.start();
  return boss;
}

/** Starts no more jobs; resolves when the running ones are done. Jobs can still be sent. */
export async function stopJobs(): Promise<void> {
  const boss = await held.boss?.catch(() => undefined);
  await Promise.all(Object.values(queues).map(({ name }) => boss?.offWork(name)));
}

/** Stops this process's pg-boss, if it runs, after letting active jobs finish. */
export async function stopBoss(timeoutMs: number): Promise<void> {
  const boss = await held.boss?.catch(() => undefined);
  held.boss = undefined;
  await boss?.stop({ graceful: true, timeout: timeoutMs });
}

export type SetupJob = { companyId: string };

/**
 * Puts the job that creates a company at Codat into the transaction that wants it. It starts in a
 * few seconds: the sign-up itself makes the first try. `now`: straight
 * away. `once`: without retries. A company that has a job keeps it.
 */
export async function enqueueProvisioning(
  db: Tx | Db,
  companyId: string,
  { now = false, once = false } = {},
): Promise<void> {
  const boss = await getBoss();
  const job: SetupJob = { companyId };
  await boss.send(queues.provisionCompany.name, job, {
    singletonKey: companyId,
    startAfter: now ? 0 : 12,
    ...(once && { retryLimit: 0 }),
    db: fromDrizzle(db, sql),
  });
}

/** Asks for a fresh list of platforms and logos. */
export async function enqueueIntegrationRefresh(): Promise<void> {
  const boss = await getBoss();
  await boss.send(queues.refreshIntegrations.name, {}, { db: fromDrizzle(getDb(), sql) });
}

/** Asks for Codat's sync settings, which are read again only if they are old. */
export async function enqueueScheduleRefresh(): Promise<void> {
  const boss = await getBoss();
  await boss.send(queues.refreshSyncSchedule.name, {}, { db: fromDrizzle(getDb(), sql) });
}

/**
 * Asks for the setup checks. @returns false when a run is queued or going on already.
 */
export async function enqueueChecks(afterSeconds: number): Promise<boolean> {
  const boss = await getBoss();
  const db = fromDrizzle(getDb(), sql);
  return (await boss.send(queues.checks.name, {}, { startAfter: afterSeconds, db })) !== null;
}

import { type SQL, sql } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { type Db, getDb } from '@/db/client';
import { codatQuota } from '@/db/schema/codat';
import { jobRuns } from '@/db/schema/operations';
import { sweeps } from '@/db/schema/sync';
import { webhookEvents } from '@/db/schema/webhooks';
import { getMetrics } from '@/lib/runtime/process-metrics';
import type { EventState } from '@/lib/webhooks/room/schemas';
import { getWebhookHealth } from '@/lib/webhooks/room/webhook-health';
import { insertCompany } from '@/testing/company-rows';
import { readTables } from './read-figures';
import { renderMetrics } from './render-metrics';

/** One sample's value, by its name and labels as they stand in the text. */
function sample(text: string, name: string): number | undefined {
  const line = text.split('\n').find((item) => item.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}

const ago = (seconds: number) => sql`now() - ${seconds} * interval '1 second'`;

beforeAll(async () => {
  const db = getDb();
  await db.execute(
    sql`truncate webhook_events, sweeps, sweep_differences, codat_quota, job_runs cascade`,
  );
  await db.execute(sql`update company_reads set read_due_at = null`);
  const event = (state: EventState, receivedAgo: number, dueAgo: number) => ({
    webhookId: crypto.randomUUID(),
    eventType: 'connection.connected',
    payload: {},
    state,
    receivedAt: ago(receivedAgo),
    dueAt: ago(dueAgo),
  });
  await db
    .insert(webhookEvents)
    .values([
      event('pending', 600, -60),
      event('pending', 90, 30),
      event('dead', 4000, 4000),
      event('unmatched', 20, 20),
      event('processed', 10, 10),
    ]);
  await db.insert(sweeps).values([
    { firstToken: 1, startedAt: ago(200_000), finishedAt: ago(190_000), missedByWebhook: 50 },
    { firstToken: 2, startedAt: ago(7200), finishedAt: ago(3600), missedByWebhook: 3 },
    { firstToken: 3, startedAt: ago(600), missedByWebhook: 2, companiesFound: 1 },
  ]);
  await db.insert(codatQuota).values({ id: 1, dailyLimit: 1000, remaining: 250 });
  await db.insert(jobRuns).values([
    { name: 'sweep', startedAt: ago(100), succeededAt: ago(90) },
    { name: 'housekeeping', startedAt: ago(50) },
  ]);
  const before = (seconds: number) => new Date(Date.now() - seconds * 1000);
  const provisionProblem = 'setupPlanLimit';
  await insertCompany({ name: 'Waits', createdAt: before(5000), provisionProblem });
  const codatCompanyId = crypto.randomUUID();
  await insertCompany({ name: 'Late', codatCompanyId, readDueAt: before(40) });
});

// Other suites find the database as they would have without this one.
async function tidyUp(): Promise<void> {
  await getDb().execute(
    sql`truncate webhook_events, sweeps, sweep_differences, codat_quota, job_runs`,
  );
  // In parts: a statement has seven seconds, also on a busy machine.
  for (let left = 1; left > 0; ) {
    const { rowCount } = await getDb().execute(sql`
      delete from companies where id in (
        select id from companies where name in ('Waits', 'Late', 'Figures') limit 2000)`);
    left = rowCount ?? 0;
  }
}

it('tells what the tables say', async () => {
  const now = Date.now() / 1000;
  const { text, type } = await renderMetrics();
  expect(type).toContain('text/plain');
  expect(sample(text, 'portal_database_up')).toBe(1);
  expect(sample(text, 'portal_ready')).toBe(1);
  expect(sample(text, 'portal_figures_up')).toBe(1);
  expect(sample(text, 'portal_inbox_events{state="pending"}')).toBe(2);
  expect(sample(text, 'portal_inbox_events{state="dead"}')).toBe(1);
  expect(sample(text, 'portal_inbox_events{state="unmatched"}')).toBe(1);
  expect(sample(text, 'portal_inbox_lag_seconds')).toBeCloseTo(30, -1);
  expect(sample(text, 'portal_inbox_oldest_pending_age_seconds')).toBeCloseTo(600, -1);
  expect(sample(text, 'portal_webhook_last_received_timestamp_seconds')).toBeCloseTo(now - 10, -1);
  expect(sample(text, 'portal_webhooks_silent')).toBe(0);
  expect(sample(text, 'portal_sweep_missed')).toBe(5);
  expect(sample(text, 'portal_sweep_found')).toBe(1);
  expect(sample(text, 'portal_sweep_last_finished_timestamp_seconds')).toBeCloseTo(now - 3600, -1);
  expect(sample(text, 'portal_codat_quota_remaining')).toBe(250);
  expect(sample(text, 'portal_codat_quota_reset_timestamp_seconds')).toBeUndefined();
  expect(sample(text, 'portal_job_last_success_timestamp_seconds{queue="sweep"}')).toBeCloseTo(
    now - 90,
    -1,
  );
  expect(text).not.toContain('queue="housekeeping"');
  expect(sample(text, 'portal_setups_waiting{problem="setupPlanLimit"}')).toBeGreaterThan(0);
  expect(sample(text, 'portal_setup_oldest_age_seconds')).toBeGreaterThan(4990);
  expect(sample(text, 'portal_reads_due')).toBe(1);
  expect(sample(text, 'portal_reads_lag_seconds')).toBeCloseTo(40, -1);
  expect(text).toContain('process_cpu_seconds_total');
});

it('asks the database once for many scrapes', async () => {
  const now = Date.now() + 60_000;
  const before = await renderMetrics(now);
  await getDb().execute(sql`update webhook_events set state = 'processed' where state = 'dead'`);
  const soon = await Promise.all([renderMetrics(now + 4000), renderMetrics(now + 4999)]);
  for (const { text } of [before, ...soon]) {
    expect(sample(text, 'portal_inbox_events{state="dead"}')).toBe(1);
  }
  const { text } = await renderMetrics(now + 5000);
  expect(sample(text, 'portal_inbox_events{state="dead"}')).toBe(0);
});

it('says that webhooks are silent when their room does', async () => {
  const now = Date.now() + 90_000;
  const db = getDb();
  await db.execute(sql`update webhook_events set received_at = received_at - interval '25 hours'`);
  expect(await getWebhookHealth(db)).toMatchObject({ silent: true, missed: 5 });
  expect(sample((await renderMetrics(now)).text, 'portal_webhooks_silent')).toBe(1);
  await db.execute(sql`update sweeps set missed_by_webhook = 0`);
  expect(await getWebhookHealth(db)).toMatchObject({ silent: false });
  expect(sample((await renderMetrics(now + 5000)).text, 'portal_webhooks_silent')).toBe(0);
});

it('reads no big table from end to end', async () => {
  const db = getDb();
  // In parts: a statement has seven seconds, also on a busy machine.
  for (let part = 0; part < 10; part += 1) {
    await db.execute(sql`
      insert into webhook_events (webhook_id, event_type, payload, state)
      select 'figures-' || ${part} || '-' || n, 'x', '{}', 'processed'
      from generate_series(1, 2000) n`);
    await db.execute(sql`
      insert into companies (name, codat_company_id)
      select 'Figures', gen_random_uuid()::text from generate_series(1, 2000)`);
  }
  await db.execute(sql`analyze webhook_events, companies, company_reads`);
  let asked: SQL | undefined;
  const recorder = {
    execute: async (query: SQL) => {
      asked = query;
      return { rows: [{}] };
    },
  };
  await readTables(recorder as unknown as Db);
  const { rows } = await db.execute<{ 'QUERY PLAN': string }>(sql`explain ${asked ?? sql``}`);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('webhook_events_state_idx');
  expect(plan).not.toMatch(/Seq Scan on (webhook_events|compan)/);
  await tidyUp();
});

it('tells what it has counted itself when the database is away', async () => {
  getMetrics().deliveries.inc({ status: 503 });
  await getDb().$client.end();
  const { text } = await renderMetrics(Date.now() + 120_000);
  expect(sample(text, 'portal_database_up')).toBe(0);
  expect(sample(text, 'portal_figures_up')).toBe(0);
  expect(sample(text, 'portal_ready')).toBe(0);
  expect(text).not.toContain('portal_inbox_events');
  expect(sample(text, 'portal_webhook_deliveries_total{status="503"}')).toBeGreaterThan(0);
  expect(text).toContain('process_cpu_seconds_total');
});

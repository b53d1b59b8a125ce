import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { callsLeft } from '@/lib/codat/gate-state';
import { connectionStates } from '@/lib/connections/types';
import { getWebhookHealth } from '@/lib/webhooks/room/webhook-health';

/** Counts end here, so that a scrape costs the same however much there is. */
export const countLimit = 10_000;

/** Seconds since 1970 and in between; null for what has never been. */
export type Figures = {
  pending: number;
  unmatched: number;
  dead: number;
  oldestPendingAge: number | null;
  lag: number | null;
  lastReceivedAt: number | null;
  /** As the webhook room says. */
  webhooksSilent: boolean;
  readsDue: number;
  readsLag: number | null;
  setupOldestAge: number | null;
  sweepFinishedAt: number | null;
  sweepMissed: number;
  sweepFound: number;
  quotaLimit: number | null;
  quotaRemaining: number | null;
  quotaResetAt: number | null;
  quotaSeenAt: number | null;
  /** By state; statuses that the portal does not know are `other`. */
  connections: Record<string, number>;
  /** Until when Codat told us to wait; null when it takes calls. */
  blockedUntil: number | null;
  /** Calls of the bucket that are left in this moment. */
  callsLeft: number;
  setups: Record<string, number>;
  jobs: Record<string, number | null>;
  /** What the checks of the set-up last found. */
  checksFailing: number;
};

const atMost = sql.raw(String(countLimit));
const epoch = (value: string) => sql.raw(`extract(epoch from ${value})::float8`);
const countEvents = (state: string) =>
  sql`(select count(*)::int from (
    select from webhook_events where state = ${state} limit ${atMost}) counted)`;

/** What the tables say for `/api/metrics`. */
export async function readFigures(db: Executor): Promise<Figures> {
  const [figures, { silent }] = await Promise.all([readTables(db), getWebhookHealth(db)]);
  return { ...figures, webhooksSilent: silent };
}

type TableFigures = Omit<Figures, 'webhooksSilent'>;

/** Uses only indexes, in one query. Exported only for a test of its plan. */
export async function readTables(db: Executor): Promise<TableFigures> {
  const { rows } = await db.execute<TableFigures>(sql`
    select
      ${countEvents('pending')} as pending,
      ${countEvents('unmatched')} as unmatched,
      ${countEvents('dead')} as dead,
      (select ${epoch('now() - received_at')} from webhook_events
        where state = 'pending' order by id limit 1) as "oldestPendingAge",
      (select ${epoch("greatest(now() - min(due_at), interval '0')")} from webhook_events
        where state = 'pending') as lag,
      coalesce((select ${epoch('max(received_at)')} from webhook_events),
        (select ${epoch('max(last_received_at)')} from webhook_ids)) as "lastReceivedAt",
      (select count(*)::int from (
        select from company_reads where read_due_at <= now() limit ${atMost}) due) as "readsDue",
      (select ${epoch("greatest(now() - min(read_due_at), interval '0')")} from company_reads
        where read_due_at is not null) as "readsLag",
      (select ${epoch('now() - min(created_at)')} from companies
        where codat_company_id is null and codat_deleted_at is null) as "setupOldestAge",
      (select ${epoch('finished_at')} from sweeps where finished_at is not null
        order by started_at desc limit 1) as "sweepFinishedAt",
      recent.missed as "sweepMissed", recent.found as "sweepFound",
      quota.daily_limit::float8 as "quotaLimit", quota.remaining::float8 as "quotaRemaining",
      ${epoch('quota.reset_at')} as "quotaResetAt", ${epoch('quota.seen_at')} as "quotaSeenAt",
      ${epoch('nullif(greatest(quota.blocked_until, now()), now())')} as "blockedUntil",
      ${callsLeft(sql`quota.paced_until`)} as "callsLeft",
      (select coalesce(jsonb_object_agg(state, count), '{}') from (
        select case when status = any(${sql.param([...connectionStates])}::text[]) then status
          else 'other' end as state, sum(count)::int as count
        from tallies where kind = 'connection' group by 1) by_state) as connections,
      (select coalesce(jsonb_object_agg(problem, count), '{}') from (
        select coalesce(provision_problem, 'none') as problem, count(*) from (
          select provision_problem from companies
          where codat_company_id is null and codat_deleted_at is null
          order by created_at limit ${atMost}) waiting
        group by problem) by_problem) as setups,
      (select coalesce(jsonb_object_agg(name, ${epoch('succeeded_at')}), '{}') from job_runs) as jobs,
      (select count(*)::int from check_findings where state = 'fail') as "checksFailing"
    from (
      select coalesce(sum(missed_by_webhook), 0)::int as missed,
        coalesce(sum(companies_found), 0)::int as found
      from sweeps where started_at > now() - interval '1 day'
    ) recent left join codat_quota quota on true`);
  const [row] = rows;
  if (!row) throw new Error('the figures are one row');
  return row;
}

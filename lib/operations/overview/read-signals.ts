import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { isBroke, isRepaired } from '@/db/schema/connections';
import { countedTo } from '@/lib/lists/schemas';
import { dayAfter, dayIn, endOfDay, startOfDay } from '@/lib/lists/zoned-time';
import type { ChangeDay } from './types';

/** Times are text as PostgreSQL writes them in JSON; null for what has never been. */
export type Signals = {
  unassigned: number;
  unfinishedOld: number;
  unfinishedOldestAt: string | null;
  setups: { problemKey: string | null; count: number }[];
  setupOldestAt: string | null;
  lastReceivedAt: string | null;
  workerAt: string | null;
  workerSilent: boolean;
  dead: number;
  sweepFinishedAt: string | null;
  sweepFirstAt: string | null;
  sweepProblem: string | null;
  missedLast: number;
  missedWeek: number;
  foundWeek: number;
  quota: {
    dailyLimit: number;
    remaining: number;
    resetAt: string | null;
    seenAt: string;
    current: boolean;
  } | null;
  blockedUntil: string | null;
  readsDue: number;
};

const atMost = sql.raw(String(countedTo));
const json = (time: string) => sql.raw(`to_jsonb(${time})`);
const since = sql.raw('coalesce(state_since, first_known_at)');

/** What may need attention, in one query that uses only indexes. */
export async function readSignals(db: Executor): Promise<Signals> {
  const { rows } = await db.execute<Signals>(sql`
    with last_sweep as (
      select finished_at, missed_by_webhook from sweeps
      where finished_at is not null order by started_at desc limit 1
    ), week as (
      select coalesce(sum(missed_by_webhook), 0)::int as missed,
        coalesce(sum(companies_found), 0)::int as found
      from sweeps where started_at > now() - interval '7 days'
    )
    select
      (select count(*)::int from (select from company_list
        where origin = 'codat' and owner_email = '' and ignored_at is null limit ${atMost}) c
      ) as unassigned,
      (select count(*)::int from (select from connections
        where state = 'PendingAuth' and removed_at is null
          and ${since} < now() - interval '7 days' limit ${atMost}) c
      ) as "unfinishedOld",
      (select ${json('coalesce(state_since, first_known_at)')} from connections
        where state = 'PendingAuth' and removed_at is null order by ${since}, id limit 1
      ) as "unfinishedOldestAt",
      (select coalesce(jsonb_agg(jsonb_build_object('problemKey', problem, 'count', count)
          order by count desc), '[]')
        from (select provision_problem as problem, count(*)::int from (
          select provision_problem from companies
          where codat_company_id is null and codat_deleted_at is null
          order by created_at limit ${atMost}) w group by 1) p
      ) as setups,
      (select ${json('min(created_at)')} from companies
        where codat_company_id is null and codat_deleted_at is null) as "setupOldestAt",
      -- Of events longer ago than they are kept for, the ids know.
      coalesce((select ${json('max(received_at)')} from webhook_events),
        (select ${json('max(last_received_at)')} from webhook_ids)) as "lastReceivedAt",
      (select ${json('max(started_at)')} from job_runs) as "workerAt",
      (select coalesce(max(started_at) < now() - interval '5 minutes', true) from job_runs
      ) as "workerSilent",
      (select count(*)::int from (select from webhook_events where state = 'dead' limit ${atMost}) d
      ) as dead,
      (select ${json('finished_at')} from last_sweep) as "sweepFinishedAt",
      (select ${json('min(started_at)')} from sweeps) as "sweepFirstAt",
      (select last_error from sweeps where finished_at is null order by started_at desc limit 1
      ) as "sweepProblem",
      coalesce((select missed_by_webhook from last_sweep), 0) as "missedLast",
      (select missed from week) as "missedWeek",
      (select found from week) as "foundWeek",
      (select jsonb_build_object('dailyLimit', daily_limit, 'remaining', remaining,
          'resetAt', reset_at, 'seenAt', seen_at,
          'current', seen_at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'
            and (reset_at is null or reset_at > now()))
        from codat_quota where daily_limit is not null) as quota,
      (select ${json('blocked_until')} from codat_quota where blocked_until > now()) as "blockedUntil",
      (select count(*)::int from (select from company_reads
        where read_due_at is not null limit ${atMost}) r) as "readsDue"`);
  const [row] = rows;
  if (!row) throw new Error('the signals are one row');
  return row;
}

export const changeDays = 7;

/**
 * How many connections broke (lost their access at the platform) and were repaired on each of the
 * last seven days of a zone, today the last.
 */
export async function readChanges(db: Executor, zone: string): Promise<ChangeDay[]> {
  const today = dayIn(zone);
  const days = Array.from({ length: changeDays }, (_, i) => dayAfter(today, i + 1 - changeDays));
  const starts = days.map((day) => startOfDay(day, zone).toISOString());
  const ends = days.map((day) => endOfDay(day, zone).toISOString());
  const { rows } = await db.execute<ChangeDay>(sql`
    select day,
      (select count(*)::int from connection_status_changes
        where ${isBroke}
          and recorded_at >= starts_at and recorded_at < ends_at) as broke,
      (select count(*)::int from connection_status_changes
        where ${isRepaired}
          and recorded_at >= starts_at and recorded_at < ends_at) as repaired
    from unnest(${sql.param(days)}::text[], ${sql.param(starts)}::timestamptz[],
      ${sql.param(ends)}::timestamptz[]) as days (day, starts_at, ends_at)
    order by day`);
  return rows;
}

import 'server-only';
import { eq, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { codatQuota } from '@/db/schema/codat';
import type { Quota, Reset } from './quota';
import type { CallPriority } from './transport';

/**
 * Never more calls than this within any minute, of all processes together. Codat may block an
 * address without warning at 1,000 a minute, and other systems may call it from the same one.
 */
export const mostCallsAMinute = 600;
/** Of these, the calls that may come in one moment; the rest follow at a steady pace. */
const burst = 120;
const stepMs = 60_000 / (mostCallsAMinute - burst);

/**
 * What each priority leaves to the more urgent ones: calls of the burst, and a share of the day's
 * quota. The tenth that setups leave is for people only.
 */
const leaves: Record<CallPriority, { burst: number; quota: number | null }> = {
  person: { burst: 0, quota: null },
  setup: { burst: 30, quota: 0.1 },
  read: { burst: 60, quota: 0.15 },
  sweep: { burst: 90, quota: 0.2 },
};

/** While Codat told us to wait, one person this often finds out whether that is still so. */
const probeSeconds = 30;
/** When the wait is over, the first call shows whether Codat answers; the others wait this long for it. */
const firstCallSeconds = 10;

const now = sql.raw('clock_timestamp()');
const inMs = (ms: number) => sql`${now} + ${ms} * interval '1 millisecond'`;
const msUntil = (time: SQL) => sql`(extract(epoch from ${time} - ${now}) * 1000)::float8`;
const longAgo = sql.raw(`'-infinity'::timestamptz`);

const isOver = sql`(blocked_until is null or blocked_until <= ${now})`;
const probedBefore = (seconds: number) =>
  sql`coalesce(probed_at, ${longAgo}) <= ${now} - ${seconds} * interval '1 second'`;

/** The three conditions of a call, and for how long each is not met. */
function conditionsOf(priority: CallPriority) {
  const { burst: others, quota } = leaves[priority];
  const aheadMs = (burst - others - 1) * stepMs;
  const isPerson = priority === 'person';
  return {
    aheadMs,
    isPaced: sql`coalesce(paced_until, ${longAgo}) <= ${inMs(aheadMs)}`,
    isUnblocked: isPerson
      ? sql`(${isOver} or ${probedBefore(probeSeconds)})`
      : sql`(blocked_until is null or (${isOver} and ${probedBefore(firstCallSeconds)}))`,
    isLeft:
      quota === null
        ? sql`true`
        : sql`coalesce(reset_at <= ${now} or remaining > daily_limit * ${quota}::float8, true)`,
  };
}

/** `probe`: let through although Codat told us to wait, or as the first after it. */
export type Taken = { probe: boolean };
export type Refused = { waitMs: number; reason: 'blocked' | 'quota' | 'pace' };

type Row = {
  probe: boolean | null;
  paced: boolean;
  unblocked: boolean;
  left: boolean;
  blockedMs: number | null;
  firstMs: number | null;
  resetMs: number | null;
  pacedMs: number | null;
  dailyLimit: number | null;
};

function columnsOf({ isPaced, isUnblocked, isLeft }: ReturnType<typeof conditionsOf>): SQL {
  return sql`${isPaced} as paced, ${isUnblocked} as unblocked, ${isLeft} as left,
    ${msUntil(sql`blocked_until`)} as "blockedMs",
    ${msUntil(sql`probed_at + ${firstCallSeconds} * interval '1 second'`)} as "firstMs",
    ${msUntil(sql`reset_at`)} as "resetMs", ${msUntil(sql`paced_until`)} as "pacedMs",
    daily_limit::float8 as "dailyLimit"`;
}

function refusalOf(row: Row, aheadMs: number): Refused {
  if (!row.unblocked) {
    const blockedMs = row.blockedMs ?? 0;
    return { reason: 'blocked', waitMs: blockedMs > 0 ? blockedMs : Math.max(0, row.firstMs ?? 0) };
  }
  if (!row.left) return { reason: 'quota', waitMs: Math.max(0, row.resetMs ?? 0) };
  // Another process may have been faster: then everything is in order again by now.
  return { reason: 'pace', waitMs: Math.max(0, (row.pacedMs ?? 0) - aheadMs) };
}

/** Takes one call, if the gate has one for this priority now. One statement. */
export async function takeCall(db: Executor, priority: CallPriority): Promise<Taken | Refused> {
  const conditions = conditionsOf(priority);
  const { isPaced, isUnblocked, isLeft, aheadMs } = conditions;
  const { rows } = await db.execute<Row>(sql`
    with taken as (
      update codat_quota set
        paced_until = greatest(paced_until, ${now}) + ${stepMs} * interval '1 millisecond',
        probed_at = case when blocked_until is null then probed_at else ${now} end,
        remaining = greatest(remaining - 1, 0)
      where id = 1 and ${isPaced} and ${isUnblocked} and ${isLeft}
      returning blocked_until is not null as probe
    )
    select (select probe from taken) as probe, ${columnsOf(conditions)}
    from codat_quota where id = 1`);
  const [row] = rows;
  if (!row) {
    await db.insert(codatQuota).values({ id: 1 }).onConflictDoNothing();
    return takeCall(db, priority);
  }
  return row.probe === null ? refusalOf(row, aheadMs) : { probe: row.probe };
}

/** What the gate would say now: how many calls it has, or how long it has none. Takes nothing. */
export async function lookAhead(
  db: Executor,
  priority: CallPriority,
): Promise<{ room: number; waitMs: number; dailyLimit: number | null }> {
  const conditions = conditionsOf(priority);
  const { rows } = await db.execute<Row & { blocked: boolean }>(sql`
    select null as probe, blocked_until is not null as blocked, ${columnsOf(conditions)}
    from codat_quota where id = 1`);
  const [row] = rows;
  const room = (freeMs: number) => 1 + Math.floor(freeMs / stepMs);
  if (!row) return { room: room(conditions.aheadMs), waitMs: 0, dailyLimit: null };
  const { dailyLimit } = row;
  if (!row.paced || !row.unblocked || !row.left) {
    return { room: 0, waitMs: refusalOf(row, conditions.aheadMs).waitMs, dailyLimit };
  }
  const freeMs = conditions.aheadMs - Math.max(0, row.pacedMs ?? 0);
  return { room: row.blocked ? 1 : room(freeMs), waitMs: 0, dailyLimit };
}

const nextMidnight = sql.raw(`(date_trunc('day', now() at time zone 'UTC') + interval '1 day')
  at time zone 'UTC'`);

/** When a quota is whole again by the database's clock: the next 00:00 UTC unless Codat said better. */
function resetTime(reset: Reset | null): SQL {
  if (!reset) return nextMidnight;
  const said = 'at' in reset ? sql`${reset.at.toISOString()}::timestamptz` : inMs(reset.inMs);
  return sql`case when ${said} between ${now} and ${now} + interval '2 days'
    then ${said} else ${nextMidnight} end`;
}

/** Keeps what an answer said; `wait` in milliseconds, or until the quota is whole again. */
export async function keepAnswer(
  db: Executor,
  said: { quota: Quota | null; wait: number | 'reset' | null; lifted: boolean },
): Promise<void> {
  const { quota, wait, lifted } = said;
  const until = wait === 'reset' ? resetTime(quota?.reset ?? null) : inMs(wait ?? 0);
  const isWaiting = wait !== null;
  await db
    .update(codatQuota)
    .set({
      ...(quota && {
        dailyLimit: quota.dailyLimit,
        remaining: quota.remaining,
        resetAt: resetTime(quota.reset),
        seenAt: now,
      }),
      ...(isWaiting && {
        blockedUntil: sql`greatest(blocked_until, ${until})`,
        blockedAt: sql`coalesce(blocked_at, ${now})`,
      }),
      ...(!isWaiting && lifted && { blockedUntil: null, blockedAt: null, probedAt: null }),
    })
    .where(eq(codatQuota.id, 1));
}

/** How many calls are left of the bucket, by its column. */
export function callsLeft(pacedUntil: SQL): SQL {
  const aheadMs = sql`coalesce(greatest(0, ${msUntil(pacedUntil)}), 0)`;
  return sql`greatest(0, floor(${burst}::int - ${aheadMs} / ${stepMs}::int))::int`;
}

/** Until when Codat told us to wait; null when that is over. */
export async function getBlock(db: Executor): Promise<{ until: Date; since: Date | null } | null> {
  const [row] = await db
    .select({ until: codatQuota.blockedUntil, since: codatQuota.blockedAt })
    .from(codatQuota)
    .where(sql`${codatQuota.blockedUntil} > ${now}`);
  return row?.until ? { until: row.until, since: row.since } : null;
}

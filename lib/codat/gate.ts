import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Db, getDb } from '@/db/client';
import { logger } from '@/lib/runtime/logger';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { isDatabaseKnownAway, remember } from '@/lib/runtime/process-state';
import { withDeadline } from '@/lib/runtime/with-deadline';
import { CodatError, unsaidWaitMs } from './errors';
import { keepAnswer, lookAhead, type Refused, type Taken, takeCall } from './gate-state';
import { parseQuota, retryAfterMs } from './quota';
import type { Asker, CallPriority, CodatAnswer } from './transport';

/** How long a call waits at the gate: people see a page load, the background has its leases. */
const patienceMs: Record<CallPriority, number> = {
  person: 1500,
  setup: 3000,
  read: 3000,
  sweep: 3000,
};
/** A database that answers later than this is asked no more for this call. */
const databaseMs = 400;
/** Without the database the background waits: what it would learn could not be kept anyway. */
const blindWaitMs = 5000;
/** A person waits for it, and it will most likely be refused. */
const probeTimeoutMs = 4000;

/** What this process knows when the database is silent, in its own monotonic time. */
const memory = remember('codat gate', () => ({ blockedUntil: 0, keptAt: 0 }));

/** Lets one call through; `timeoutMs` is the most it may take, if that is less than usual. */
export type Pass = { probe: boolean; timeoutMs: number };

/**
 * Asks the one gate to Codat, which all processes share, for a call. Waits a moment for its turn.
 * @throws CodatError `held` with how long there will be none.
 */
export async function passGate({ priority, db }: Asker): Promise<Pass> {
  if (!db) return passOf({ probe: false });
  const deadline = performance.now() + patienceMs[priority];
  for (;;) {
    const answer = await ask(db, priority);
    if ('probe' in answer) return passOf(answer);
    // A little later each, so that those who wait do not all ask in the same moment.
    const pauseMs = answer.waitMs + 10 + Math.random() * 40;
    if (performance.now() + pauseMs > deadline) {
      getMetrics().codatHeld.inc({ priority, reason: answer.reason });
      throw new CodatError('held', `not asked: ${reasons[answer.reason]}`, {
        asked: false,
        retryAfterMs: Math.ceil(answer.waitMs),
      });
    }
    await sleep(pauseMs);
  }
}

const reasons = {
  blocked: 'Codat told us to wait',
  quota: 'what is left of today’s quota is for people',
  pace: 'too many calls in this minute',
};

function passOf({ probe }: Taken): Pass {
  return { probe, timeoutMs: probe ? probeTimeoutMs : Number.POSITIVE_INFINITY };
}

function ask(db: Db, priority: CallPriority): Promise<Taken | Refused> {
  if (isDatabaseKnownAway()) return Promise.resolve(askMemory(priority));
  const asked = takeCall(db, priority).catch((error: unknown) => {
    logger.debug({ err: error }, 'the gate could not be asked');
    return askMemory(priority);
  });
  return withDeadline(asked, databaseMs, () => askMemory(priority));
}

/** People pass unless Codat told this process to wait. */
function askMemory(priority: CallPriority): Taken | Refused {
  const waitMs = memory.blockedUntil - performance.now();
  if (waitMs > 0) return { reason: 'blocked', waitMs };
  return priority === 'person' ? { probe: false } : { reason: 'pace', waitMs: blindWaitMs };
}

const keepEveryMs = 5000;

/**
 * Keeps what an answer says of the quota, a refusal straight away and the rest every few seconds.
 * Never fails a call.
 */
export async function noteAnswer(
  { db }: Pick<Asker, 'db'>,
  pass: Pass,
  { status, headers }: Pick<CodatAnswer, 'status' | 'headers'>,
): Promise<void> {
  const quota = parseQuota(headers);
  const spent = quota?.remaining === 0;
  const wait =
    status === 429
      ? (retryAfterMs(headers) ?? (spent ? 'reset' : unsaidWaitMs))
      : spent
        ? 'reset'
        : null;
  const now = performance.now();
  if (typeof wait === 'number') memory.blockedUntil = Math.max(memory.blockedUntil, now + wait);
  else if (pass.probe) memory.blockedUntil = 0;
  const matters = wait !== null || pass.probe;
  if (!db || (!matters && (!quota || now - memory.keptAt < keepEveryMs))) return;
  memory.keptAt = now;
  const kept = keepAnswer(db, { quota, wait, lifted: pass.probe }).catch((error: unknown) =>
    logger.warn({ err: error }, 'what Codat said of its quota could not be recorded'),
  );
  if (wait !== null) logger.warn({ status, wait }, 'Codat told us to wait');
  // The calls after this one are to know.
  if (matters) await withDeadline(kept, databaseMs, () => {});
}

/** Calls that the background may begin now; 0 while there is none for this priority. */
export async function roomFor(priority: CallPriority): Promise<number> {
  return (await lookAhead(getDb(), priority)).room;
}

/** How long there will be no call for this priority, beyond what a call waits for anyway. */
export async function closedMs(priority: CallPriority): Promise<number> {
  const { waitMs } = await lookAhead(getDb(), priority);
  return waitMs > patienceMs[priority] ? waitMs : 0;
}

/** The part of the daily quota that sweeps may use. */
const sweepShare = 0.1;
const dayMs = 24 * 60 * 60 * 1000;

/** Between two pages of a sweep, so that sweeps keep to their share; slow while it isn't known. */
export function pagePauseMs(dailyLimit: number | null): number {
  return dailyLimit === null ? 1000 : Math.ceil(dayMs / Math.max(1, dailyLimit * sweepShare));
}

/** How long the sweep is to wait before its next page. */
export async function sweepPauseMs(): Promise<number> {
  const { waitMs, dailyLimit } = await lookAhead(getDb(), 'sweep');
  return Math.max(pagePauseMs(dailyLimit), waitMs);
}

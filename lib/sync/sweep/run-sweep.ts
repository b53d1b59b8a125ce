import 'server-only';
import { type Db, getDb } from '@/db/client';
import { type CompanyPage, listCompanyPage } from '@/lib/codat/companies';
import { busyMs, CodatError } from '@/lib/codat/errors';
import { closedMs, sweepPauseMs } from '@/lib/codat/gate';
import { publishChange } from '@/lib/live/publish';
import { logger } from '@/lib/runtime/logger';
import { measureCoverage, requestMissing } from './absence';
import { comparePage } from './compare-page';
import { countMissed } from './missed-changes';
import {
  claimSweep,
  finishSweep,
  holdSweep,
  noteUnordered,
  recordPage,
  recordShortPage,
  type Sweep,
} from './sweep-state';

export const sweepPageSize = 100;
export type Pace = {
  /** From the end of a sweep to the start of the next. */
  restSeconds: number;
  /** Whether to wait between pages for a share of the quota. */
  keepToShare: boolean;
};

const steadyPace: Pace = { restSeconds: 15 * 60, keepToShare: true };
/** Everything now: for a person who has asked for it, and for tests. */
export const atOnce: Pace = { restSeconds: 0, keepToShare: false };

/** A step does as many pages as fit, so that a job never runs long. The next starts each minute. */
const stepMs = 50_000;

/**
 * Does a step of the sweep that compares every company and connection with Codat: starts one, or
 * goes on where one stopped. One process at a time; a page is one call to Codat.
 * @returns `finished`, `more` (the next step continues) or `busy` (another process is at it, or the next
 * page must wait).
 */
export async function runSweepStep(pace: Pace = steadyPace): Promise<'finished' | 'more' | 'busy'> {
  const db = getDb();
  const endAt = performance.now() + stepMs;
  await countMissed(db);
  if (pace.keepToShare && (await closedMs('sweep')) > 0) return 'busy';
  for (;;) {
    const sweep = await claimSweep(db, pace.restSeconds);
    if (!sweep) return 'busy';
    try {
      const outcome = await sweepPage(db, sweep);
      if (outcome !== 'more') return outcome;
    } catch (error) {
      await holdSweep(db, sweep, holdMs(error), error);
      return 'busy';
    }
    const pauseMs = pace.keepToShare ? await sweepPauseMs() : 0;
    if (pauseMs > 0) await holdSweep(db, sweep, pauseMs);
    if (performance.now() + pauseMs > endAt) return 'more';
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** A page shorter than Codat's count allows is asked for again so often before it is believed. */
const shortPageTries = 2;
const shortPageHoldMs = 60_000;

/** @returns whether the sweep is over, goes on with the next page, or must wait for this one. */
async function sweepPage(db: Db, sweep: Sweep): Promise<'finished' | 'more' | 'busy'> {
  const page = await listPage(db, sweep);
  const result = await comparePage(db, sweep.ticket, page.companies);
  if (result.changed.length > 0) await publishChange(db, result.changed);
  const isFull = page.itemCount >= sweepPageSize;
  const isShort =
    !isFull &&
    page.totalResults !== null &&
    sweep.companiesSeen + page.itemCount < page.totalResults;
  if (isShort && sweep.shortPages < shortPageTries) {
    const problem = `page ${sweep.nextPage}: ${sweep.companiesSeen + page.itemCount} of ${page.totalResults} companies`;
    await recordShortPage(db, sweep, result);
    await holdSweep(db, sweep, shortPageHoldMs, problem);
    return 'busy';
  }
  const next = await recordPage(db, sweep, {
    ...{ seen: page.itemCount, listed: page.totalResults },
    ...{ found: result.found, failed: result.failed },
  });
  if (isFull || (isShort && page.itemCount > 0)) return 'more';
  const coverage = await measureCoverage(db, next);
  await requestMissing(db, next, coverage.doubted);
  await finishSweep(db, next, coverage);
  return 'finished';
}

/** The next page, oldest companies first where Codat orders them. */
async function listPage(db: Db, sweep: Sweep): Promise<CompanyPage> {
  const { nextPage } = sweep;
  if (sweep.unordered) return listCompanyPage(nextPage, sweepPageSize, { ordered: false });
  try {
    return await listCompanyPage(nextPage, sweepPageSize, { ordered: true });
  } catch (error) {
    if (!(error instanceof CodatError && error.status === 400)) throw error;
    const page = await listCompanyPage(nextPage, sweepPageSize, { ordered: false });
    logger.warn({ err: error }, 'Codat refuses to order companies: the sweep goes on without');
    await noteUnordered(db, sweep);
    return page;
  }
}

function holdMs(error: unknown): number {
  logger.warn({ err: error }, 'a page of the sweep failed');
  const askedFor = error instanceof CodatError ? error.retryAfterMs : null;
  return Math.max(30_000, busyMs(error) ?? askedFor ?? 60_000);
}

import 'server-only';
import { type Db, getDb } from '@/db/client';
import { listCompanyPage } from '@/lib/codat/companies';
import { CodatError } from '@/lib/codat/errors';
import { getQuota } from '@/lib/codat/quota';
import { publishChange } from '@/lib/live/publish';
import { logger } from '@/lib/runtime/logger';
import { comparePage } from './compare-page';
import { requestUnseen } from './request-unseen';
import { pauseBetweenPagesMs } from './sweep-quota';
import { claimSweep, finishSweep, holdSweep, recordPage, type Sweep } from './sweep-state';

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
  const endAt = Date.now() + stepMs;
  for (;;) {
    const sweep = await claimSweep(db, pace.restSeconds);
    if (!sweep) return 'busy';
    try {
      if (await sweepPage(db, sweep)) return 'finished';
    } catch (error) {
      await holdSweep(db, sweep, holdMs(error), error);
      return 'busy';
    }
    const pauseMs = pace.keepToShare ? pauseBetweenPagesMs(await getQuota(), new Date()) : 0;
    if (pauseMs > 0) await holdSweep(db, sweep, pauseMs);
    if (Date.now() + pauseMs > endAt) return 'more';
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** @returns whether this was the last page. */
async function sweepPage(db: Db, sweep: Sweep): Promise<boolean> {
  const page = await listCompanyPage(sweep.nextPage, sweepPageSize);
  const result = await comparePage(db, sweep.ticket, page.companies);
  if (result.changed.length > 0) await publishChange(db, result.changed);
  await recordPage(db, sweep, { seen: page.itemCount, ...result });
  if (page.itemCount === sweepPageSize) return false;
  await requestUnseen(db, sweep);
  await finishSweep(db, sweep);
  return true;
}

function holdMs(error: unknown): number {
  logger.warn({ err: error }, 'a page of the sweep failed');
  if (!(error instanceof CodatError)) return 60_000;
  return Math.max(30_000, error.retryAfterMs ?? 60_000);
}

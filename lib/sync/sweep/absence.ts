import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { logger } from '@/lib/runtime/logger';
import type { Sweep } from './sweep-state';

/** A list in which more is missing is not believed the first time. */
const doubtful = { companies: 20, share: 0.02 };

/** What a sweep has seen and how much that leaves out. */
export type Coverage = { seen: number; listed: number | null; missing: number; doubted: boolean };

/**
 * What came on no page of a sweep that is over: it may be deleted at Codat, or have slipped between two
 * pages. A sweep that saw fewer than Codat counts, or missed much of what we know, is doubted.
 */
export async function measureCoverage(db: Db, sweep: Sweep): Promise<Coverage> {
  const { companiesSeen: seen, companiesListed: listed } = sweep;
  const { rows } = await db.execute<{ known: number; missing: number }>(sql`
    select count(*)::int as known,
      count(*) filter (where read_applied < ${sweep.firstToken})::int as missing
    from company_reads join companies on companies.id = company_id
    where ${knownBefore(sweep)}`);
  const known = rows[0]?.known ?? 0;
  // Those that could not be applied were on a page.
  const missing = Math.max(0, (rows[0]?.missing ?? 0) - sweep.companiesFailed);
  const isMuch = missing > doubtful.companies && missing > doubtful.share * known;
  const doubted = isMuch || (listed !== null && seen < listed);
  return { seen, listed, missing, doubted };
}

/**
 * Has each missing company read on its own, spread over ten minutes: only Codat's answer about one says
 * that it is gone. Of a doubted sweep only those that were missing in the last one too, if that was
 * doubted as well.
 */
export async function requestMissing(db: Db, sweep: Sweep, doubted: boolean): Promise<void> {
  const first = doubted ? await lastDoubted(db, sweep) : sweep;
  if (!first) {
    logger.warn({ sweepId: sweep.id }, 'a sweep missed too much to be believed');
    return;
  }
  await db.execute(sql`
    update company_reads set
      reads_requested = reads_requested + 1,
      read_due_at = least(coalesce(read_due_at, 'infinity'), now() + random() * interval '10 minutes')
    from companies
    where companies.id = company_id and read_applied < ${first.firstToken} and ${knownBefore(first)}`);
}

type Begun = Pick<Sweep, 'id' | 'firstToken'>;

/** The sweep before, if it was doubted. */
async function lastDoubted(db: Db, sweep: Sweep): Promise<Begun | null> {
  const { rows } = await db.execute<{ id: string; first_token: string; doubted: boolean }>(sql`
    select id, first_token, doubted from sweeps
    where id < ${sweep.id} and finished_at is not null order by id desc limit 1`);
  const [last] = rows;
  return last?.doubted ? { id: Number(last.id), firstToken: Number(last.first_token) } : null;
}

function knownBefore(sweep: Begun): SQL {
  return sql`codat_company_id is not null and codat_deleted_at is null
    and companies.created_at < (select started_at from sweeps where id = ${sweep.id})`;
}

import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { sweeps } from '@/db/schema/sync';
import { withoutSecrets } from '@/lib/runtime/logger';
import { tokenColumns } from '@/lib/sync/read-ticket';

/** The ticket orders the answers of one page among all reads: it is taken before the page is asked. */
export type PageTicket = { sweepId: number; token: number; startedAt: Date };

export type Sweep = {
  id: number;
  nextPage: number;
  firstToken: number;
  companiesSeen: number;
  companiesFailed: number;
  /** How many Codat says there are. */
  companiesListed: number | null;
  /** How often the next page came short. */
  shortPages: number;
  /** Codat refuses to order the list. */
  unordered: boolean;
  ticket: PageTicket;
};

const leaseSeconds = 90;

type Row = {
  id: string;
  next_page: number;
  first_token: string;
  companies_seen: number;
  companies_failed: number;
  companies_listed: number | null;
  short_pages: number;
  unordered: boolean;
  token: string;
  started_at: string;
};

const columns = sql`id, next_page, first_token, companies_seen, companies_failed, companies_listed,
  short_pages, unordered, ${tokenColumns}`;

/**
 * Takes the next page of the unfinished sweep, or starts a new one once the last has been over for
 * `restSeconds`. Null while another process holds it or it must wait.
 */
export async function claimSweep(db: Db, restSeconds: number): Promise<Sweep | null> {
  await db.execute(sql`
    insert into sweeps (first_token)
    select nextval('read_tokens') where not exists (
      select from sweeps
      where finished_at is null or finished_at > now() - ${restSeconds} * interval '1 second')
    on conflict do nothing`);
  const { rows } = await db.execute<Row>(sql`
    update sweeps set lease_until = now() + ${leaseSeconds} * interval '1 second'
    where id = (
      select id from sweeps
      where finished_at is null and not_before <= now()
        and (lease_until is null or lease_until < now())
      order by id limit 1 for update skip locked
    )
    returning ${columns}`);
  const [row] = rows;
  if (!row) return null;
  const id = Number(row.id);
  return {
    id,
    nextPage: row.next_page,
    firstToken: Number(row.first_token),
    companiesSeen: row.companies_seen,
    companiesFailed: row.companies_failed,
    companiesListed: row.companies_listed,
    shortPages: row.short_pages,
    unordered: row.unordered,
    ticket: { sweepId: id, token: Number(row.token), startedAt: new Date(row.started_at) },
  };
}

type Page = { seen: number; listed: number | null; found: number; failed: number };

/** Counts a page and frees the sweep for its next one. @returns the sweep as it is then. */
export async function recordPage(db: Db, sweep: Sweep, page: Page): Promise<Sweep> {
  const next: Sweep = {
    ...sweep,
    nextPage: sweep.nextPage + 1,
    companiesSeen: sweep.companiesSeen + page.seen,
    companiesFailed: sweep.companiesFailed + page.failed,
    companiesListed: page.listed,
    shortPages: 0,
  };
  const { nextPage, companiesSeen, companiesFailed, companiesListed, shortPages } = next;
  await db
    .update(sweeps)
    .set({
      ...{ nextPage, companiesSeen, companiesFailed, companiesListed, shortPages },
      ...{ leaseUntil: null, lastError: null },
      companiesFound: sql`${sweeps.companiesFound} + ${page.found}`,
    })
    .where(and(eq(sweeps.id, sweep.id), eq(sweeps.nextPage, sweep.nextPage)));
  return next;
}

/** Notes that a page came shorter than it can be, and what it brought: it is asked for again. */
export async function recordShortPage(
  db: Db,
  sweep: Sweep,
  page: Pick<Page, 'found'>,
): Promise<void> {
  await db
    .update(sweeps)
    .set({
      shortPages: sweep.shortPages + 1,
      companiesFound: sql`${sweeps.companiesFound} + ${page.found}`,
    })
    .where(and(eq(sweeps.id, sweep.id), eq(sweeps.nextPage, sweep.nextPage)));
}

/** Notes that Codat refuses to order the list: the pages of this sweep are asked for without. */
export async function noteUnordered(db: Db, sweep: Sweep): Promise<void> {
  await db.update(sweeps).set({ unordered: true }).where(eq(sweeps.id, sweep.id));
}

/** Lets the sweep rest for `pauseMs` and frees it. */
export async function holdSweep(
  db: Db,
  sweep: Sweep,
  pauseMs: number,
  error?: unknown,
): Promise<void> {
  await db
    .update(sweeps)
    .set({
      leaseUntil: null,
      notBefore: sql`now() + ${pauseMs} * interval '1 millisecond'`,
      ...(error !== undefined && { lastError: withoutSecrets(String(error)).slice(0, 300) }),
    })
    .where(eq(sweeps.id, sweep.id));
}

/** Ends a sweep, and keeps how much it left out. */
export async function finishSweep(
  db: Db,
  sweep: Sweep,
  { missing, doubted }: { missing: number; doubted: boolean },
): Promise<void> {
  await db
    .update(sweeps)
    .set({ finishedAt: sql`now()`, leaseUntil: null, companiesMissing: missing, doubted })
    .where(eq(sweeps.id, sweep.id));
}

import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { sweeps } from '@/db/schema/sync';
import { withoutSecrets } from '@/lib/runtime/logger';
import { tokenColumns } from '@/lib/sync/read-ticket';

/** The ticket orders the answers of one page among all reads: it is taken before the page is asked. */
export type PageTicket = { token: number; startedAt: Date };

export type Sweep = { id: number; nextPage: number; firstToken: number; ticket: PageTicket };

const leaseSeconds = 90;

type Row = {
  id: string;
  next_page: number;
  first_token: string;
  token: string;
  started_at: string;
};

const columns = sql`sweeps.id, sweeps.next_page, sweeps.first_token, ${tokenColumns}`;

/**
 * Takes the next page of the unfinished sweep, or starts a new one once the last has been over for
 * `restSeconds`. Null while another process holds it or it must wait.
 */
export async function claimSweep(db: Db, restSeconds: number): Promise<Sweep | null> {
  await db.execute(sql`
    insert into sweeps (first_token)
    select nextval('read_tokens') where not exists (
      select from sweeps
      where finished_at is null or finished_at > now() - ${restSeconds} * interval '1 second')`);
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
  return {
    id: Number(row.id),
    nextPage: row.next_page,
    firstToken: Number(row.first_token),
    ticket: { token: Number(row.token), startedAt: new Date(row.started_at) },
  };
}

/** Counts a page and frees the sweep for its next one. */
export async function recordPage(
  db: Db,
  sweep: Sweep,
  page: { seen: number; found: number; missed: number },
): Promise<void> {
  await db
    .update(sweeps)
    .set({
      nextPage: sweep.nextPage + 1,
      leaseUntil: null,
      lastError: null,
      companiesSeen: sql`${sweeps.companiesSeen} + ${page.seen}`,
      companiesFound: sql`${sweeps.companiesFound} + ${page.found}`,
      missedByWebhook: sql`${sweeps.missedByWebhook} + ${page.missed}`,
    })
    .where(and(eq(sweeps.id, sweep.id), eq(sweeps.nextPage, sweep.nextPage)));
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

export async function finishSweep(db: Db, sweep: Sweep): Promise<void> {
  await db
    .update(sweeps)
    .set({ finishedAt: sql`now()`, leaseUntil: null })
    .where(eq(sweeps.id, sweep.id));
}

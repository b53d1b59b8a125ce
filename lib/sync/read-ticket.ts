import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';

/** Taken before a read begins; an answer is applied only if no newer read has been. */
export type ReadTicket = {
  companyId: string;
  codatCompanyId: string;
  token: number;
  /** Requests up to this one are answered by the read. */
  target: number;
  startedAt: Date;
};

const leaseSeconds = 30;

/**
 * In `read_applied`: Codat doesn't know the company and isn't to be asked about it, as of those that
 * `npm run seed:many` makes. No token is newer.
 */
export const neverRead = Number.MAX_SAFE_INTEGER;

type TicketRow = {
  id: string;
  codat_company_id: string;
  token: string;
  reads_requested: string;
  started_at: string;
};

/** Both are the database's: no clock of any process takes part. */
export const tokenColumns = sql.raw(
  `nextval('read_tokens') as token,
   to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as started_at`,
);
const ticketColumns = sql`c.id, c.codat_company_id, r.reads_requested, ${tokenColumns}`;

function toTicket(row: TicketRow): ReadTicket {
  return {
    companyId: row.id,
    codatCompanyId: row.codat_company_id,
    token: Number(row.token),
    target: Number(row.reads_requested),
    startedAt: new Date(row.started_at),
  };
}

/** A place in the order of all that is learned from Codat, after all that were taken before. */
export async function takeToken(db: Executor): Promise<number> {
  return (await newTicket(db)).token;
}

/** The same, with the time of the database: for what is learned without a read. */
export async function newTicket(db: Executor): Promise<Pick<ReadTicket, 'token' | 'startedAt'>> {
  const { rows } = await db.execute<Pick<TicketRow, 'token' | 'started_at'>>(
    sql`select ${tokenColumns}`,
  );
  if (!rows[0]) throw new Error('the sequence gave no token');
  return { token: Number(rows[0].token), startedAt: new Date(rows[0].started_at) };
}

/** Takes a ticket for reading this company now; null when it is not set up at Codat. */
export async function beginRead(db: Executor, companyId: string): Promise<ReadTicket | null> {
  const { rows } = await db.execute<TicketRow>(sql`
    update company_reads r set read_lease_until = now() + ${leaseSeconds} * interval '1 second'
    from companies c
    where r.company_id = ${companyId} and c.id = r.company_id and c.codat_company_id is not null
      and r.read_applied < ${neverRead}
    returning ${ticketColumns}`);
  return rows[0] ? toTicket(rows[0]) : null;
}

/** Takes tickets for up to `limit` companies whose read is due and not in progress. */
export async function claimDueReads(db: Executor, limit: number): Promise<ReadTicket[]> {
  const { rows } = await db.execute<TicketRow>(sql`
    update company_reads r set read_lease_until = now() + ${leaseSeconds} * interval '1 second'
    from companies c
    where c.id = r.company_id and r.company_id in (
      select due.company_id from company_reads due join companies on companies.id = due.company_id
      where due.read_due_at <= now() and companies.codat_company_id is not null
        and due.read_applied < ${neverRead}
        and (due.read_lease_until is null or due.read_lease_until < now())
      order by due.read_due_at limit ${limit} for update of due skip locked
    )
    returning ${ticketColumns}`);
  return rows.map(toTicket);
}

import 'server-only';
import { sql } from 'drizzle-orm';
import { type Db, type Executor, getDb } from '@/db/client';
import { type CompanyAnswer, getCompany } from '@/lib/codat/companies';
import { isNotFound } from '@/lib/codat/errors';
import type { ChangeSource } from '@/lib/connections/schemas';
import { publishChange } from '@/lib/live/publish';
import { applyDeletion, applyRead } from './apply-read';

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

type TicketRow = {
  id: string;
  codat_company_id: string;
  token: string;
  reads_requested: string;
  started_at: string;
};

const ticketColumns = sql.raw(
  `companies.id, companies.codat_company_id, companies.reads_requested,
   nextval('read_tokens') as token,
   to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as started_at`,
);

function toTicket(row: TicketRow): ReadTicket {
  return {
    companyId: row.id,
    codatCompanyId: row.codat_company_id,
    token: Number(row.token),
    target: Number(row.reads_requested),
    startedAt: new Date(row.started_at),
  };
}

/** Takes a ticket for reading this company now; null when it is not set up at Codat. */
export async function beginRead(db: Executor, companyId: string): Promise<ReadTicket | null> {
  const { rows } = await db.execute<TicketRow>(sql`
    update companies set read_lease_until = now() + ${leaseSeconds} * interval '1 second'
    where id = ${companyId} and codat_company_id is not null
    returning ${ticketColumns}`);
  return rows[0] ? toTicket(rows[0]) : null;
}

/** Takes tickets for up to `limit` companies whose read is due and that nobody is reading. */
export async function claimDueReads(db: Executor, limit: number): Promise<ReadTicket[]> {
  const { rows } = await db.execute<TicketRow>(sql`
    update companies set read_lease_until = now() + ${leaseSeconds} * interval '1 second'
    where id in (
      select id from companies
      where read_due_at <= now() and codat_company_id is not null
        and (read_lease_until is null or read_lease_until < now())
      order by read_due_at limit ${limit} for update skip locked
    )
    returning ${ticketColumns}`);
  return rows.map(toTicket);
}

/**
 * Reads a company from Codat and makes what we hold equal to it. A 404 marks it deleted there.
 * @returns the answer with its fresh Link URLs; null when the company is gone at Codat.
 * @throws CodatError after having put the read back with a growing delay.
 */
export async function readCompany(
  ticket: ReadTicket,
  source: ChangeSource,
): Promise<CompanyAnswer | null> {
  const db = getDb();
  try {
    const answer = await getCompany(ticket.codatCompanyId);
    if (await applyRead(db, ticket, answer.snapshot, source)) {
      await publishChange(db, [ticket.companyId]);
    }
    return answer;
  } catch (error) {
    if (isNotFound(error)) {
      await applyDeletion(db, ticket, source);
      await publishChange(db, [ticket.companyId]);
      return null;
    }
    await postponeRead(db, ticket);
    throw error;
  }
}

/** After a failed read: free the lease, try again in 5 s, doubling up to 15 minutes. */
async function postponeRead(db: Db, ticket: ReadTicket): Promise<void> {
  await db.execute(sql`
    update companies set
      read_failures = read_failures + 1,
      read_lease_until = null,
      read_due_at = now() + least(900, 5 * power(2, least(read_failures, 8))) * interval '1 second'
    where id = ${ticket.companyId} and read_applied < ${ticket.token}`);
}

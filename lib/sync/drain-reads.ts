import 'server-only';
import { sql } from 'drizzle-orm';
import { type Db, getDb } from '@/db/client';
import { CodatError } from '@/lib/codat/errors';
import { roomFor } from '@/lib/codat/gate';
import { logger, withLogContext } from '@/lib/runtime/logger';
import { withSpan } from '@/lib/runtime/span';
import { readCompany } from './read-company';
import { claimDueReads } from './read-ticket';

/** Parallel reads, well under the number Codat allows a client. */
const concurrency = 5;

let wasClosed = false;

/**
 * What Codat put off for hours is due as soon as the gate is open again, which may be long before:
 * nothing else puts a read off for more than a quarter of an hour.
 */
async function bringForward(db: Db): Promise<void> {
  await db.execute(sql`
    update company_reads set read_due_at = now()
    where read_due_at > now() + interval '20 minutes'`);
}

/** Reads the companies whose read is due, as far as the gate lets them. @returns how many were taken. */
export async function drainDueReads(): Promise<number> {
  const room = await roomFor('read');
  if (room === 0) {
    wasClosed = true;
    return 0;
  }
  if (wasClosed) await bringForward(getDb());
  wasClosed = false;
  const tickets = await claimDueReads(getDb(), Math.min(concurrency, room));
  await Promise.all(
    tickets.map((ticket) =>
      withLogContext({ companyId: ticket.companyId }, () =>
        withSpan('read company', () => readCompany(ticket, 'read')).catch((error: unknown) => {
          // One company that cannot be applied holds up no other.
          const level = error instanceof CodatError ? 'warn' : 'error';
          logger[level]({ err: error }, 'a read from Codat failed');
        }),
      ),
    ),
  );
  return tickets.length;
}

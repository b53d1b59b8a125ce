import 'server-only';
import { getDb } from '@/db/client';
import { CodatError } from '@/lib/codat/errors';
import { logger, withLogContext } from '@/lib/runtime/logger';
import { withSpan } from '@/lib/runtime/span';
import { readCompany } from './read-company';
import { claimDueReads } from './read-ticket';

/** Parallel reads, well under the number Codat allows a client. */
const concurrency = 5;

/** Reads the companies whose read is due. @returns how many were taken. */
export async function drainDueReads(): Promise<number> {
  const tickets = await claimDueReads(getDb(), concurrency);
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

import 'server-only';
import { getDb } from '@/db/client';
import { CodatError } from '@/lib/codat/errors';
import { roomFor } from '@/lib/codat/gate';
import { logger, withLogContext } from '@/lib/runtime/logger';
import { withSpan } from '@/lib/runtime/span';
import { readCompany } from './read-company';
import { claimDueReads } from './read-ticket';

/** Parallel reads, well under the number Codat allows a client. */
const concurrency = 5;

/** Reads the companies whose read is due, as far as the gate lets them. @returns how many were taken. */
export async function drainDueReads(): Promise<number> {
  const room = await roomFor('read');
  if (room === 0) return 0;
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

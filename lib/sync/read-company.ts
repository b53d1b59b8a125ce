import 'server-only';
import { sql } from 'drizzle-orm';
import { type Db, getDb } from '@/db/client';
import { type CompanyAnswer, getCompany } from '@/lib/codat/companies';
import { busyMs, CodatError, isCompanyGone } from '@/lib/codat/errors';
import type { CallPriority } from '@/lib/codat/transport';
import { publishChange } from '@/lib/live/publish';
import { noteOneTimeLinks } from '@/lib/settings/link-settings';
import type { ChangeSource } from '@/lib/sync/schemas';
import { applyDeletion, applyRead } from './apply-read';
import type { ReadTicket } from './read-ticket';

/**
 * Reads a company from Codat and makes what we hold equal to it. Codat's word that it has no such
 * company marks it as deleted there.
 * @returns the answer with its fresh Link URLs; null when the company is gone at Codat.
 * @throws CodatError after having put the read back: for as long as Codat or the gate said, else with
 * a growing delay.
 */
export async function readCompany(
  ticket: ReadTicket,
  source: ChangeSource,
  priority: CallPriority = 'read',
): Promise<CompanyAnswer | null> {
  const db = getDb();
  try {
    const answer = await getCompany(ticket.codatCompanyId, priority);
    await noteOneTimeLinks(answer.links.company);
    if (await applyRead(db, ticket, answer.snapshot, source)) {
      await publishChange(db, [ticket.companyId]);
    }
    return answer;
  } catch (error) {
    if (isCompanyGone(error)) {
      await applyDeletion(db, ticket, source);
      await publishChange(db, [ticket.companyId]);
      return null;
    }
    await postponeRead(db, ticket, error);
    throw error;
  }
}

/**
 * After a failed read: free the lease, try again in 5 s, doubling up to 15 minutes. A read that had to
 * wait for its turn has not failed.
 */
async function postponeRead(db: Db, ticket: ReadTicket, error: unknown): Promise<void> {
  const busy = busyMs(error);
  const askedFor = error instanceof CodatError ? (error.retryAfterMs ?? 0) : 0;
  const backoff = sql`least(900, 5 * power(2, least(read_failures, 8))) * 1000`;
  const waitMs = busy ?? sql`greatest(${backoff}, ${askedFor}::float8)`;
  const failures = busy === null ? 1 : 0;
  await db.execute(sql`
    update company_reads set
      read_failures = read_failures + ${failures},
      read_lease_until = null,
      read_due_at = now() + ${waitMs} * interval '1 millisecond'
    where company_id = ${ticket.companyId} and read_applied < ${ticket.token}`);
}

import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { neverRead } from './read-ticket';

/** How long a wanted read may wait for others to join it. */
export const readDelayMs = {
  /** Something differs from what we hold. */
  soon: 1000,
  /**
   * We hold the same already and this only confirms it, or the person is at Hosted Link and the read
   * on their way back will answer it.
   */
  later: 120_000,
} as const;

/** Of the last, whether somebody is at Hosted Link is asked while writing. */
export type ReadDelay = 'soon' | 'later' | 'later-if-away';

/** Asks for a read of the company from Codat, `delayMs` from now at the latest. */
export async function requestRead(db: Executor, companyId: string, delayMs: number): Promise<void> {
  await db.execute(sql`
    update company_reads set ${wish(sql`${delayMs}::int`)} where company_id = ${companyId}`);
}

/**
 * What an event is to leave behind: `eventAt` only if it was applied, `read` if it wants one, `token` if
 * it makes every read that began before it an old one.
 */
export type NewsFromEvent = { eventAt: Date | null; read: ReadDelay | null; token?: number };

/** Notes an event, and the read that it wants, in one go. */
export async function noteEvent(
  db: Executor,
  companyId: string,
  { eventAt, read, token }: NewsFromEvent,
): Promise<void> {
  const changes: SQL[] = [];
  if (eventAt) changes.push(sql`event_at = ${eventAt.toISOString()}::timestamptz`);
  if (read) changes.push(wish(delayOf(read, companyId)));
  if (token !== undefined) {
    changes.push(sql`read_applied = greatest(read_applied, ${token}), read_lease_until = null`);
  }
  if (changes.length === 0) return;
  await db.execute(sql`
    update company_reads set ${sql.join(changes, sql`, `)} where company_id = ${companyId}`);
}

/** The earliest time asked for counts. */
function wish(delayMs: SQL): SQL {
  return sql`reads_requested = reads_requested + 1,
    read_due_at = case when read_applied < ${neverRead} then least(
      coalesce(read_due_at, 'infinity'), now() + ${delayMs} * interval '1 millisecond') end`;
}

function delayOf(read: ReadDelay, companyId: string): SQL {
  if (read !== 'later-if-away') return sql`${readDelayMs[read]}::int`;
  return sql`case when exists (
      select from link_sessions
      where link_sessions.company_id = ${companyId} and returned_at is null
        and handed_off_at > now() - interval '30 minutes')
    then ${readDelayMs.later}::int else ${readDelayMs.soon}::int end`;
}

import 'server-only';
import { sql } from 'drizzle-orm';
import type { Db, Tx } from '@/db/client';
import { putBackTrail } from './event-trail';

const putBack = sql`state = 'pending', due_at = now(), attempts = 0, lease_until = null,
  trail = ${putBackTrail(null)}`;

/**
 * Puts events back whose company has become known since they were set aside. What another process is at
 * is left to the next time.
 */
export async function requeueMatched(db: Db): Promise<void> {
  await db.execute(sql`
    with matched as materialized (
      select id from webhook_events
      where state = 'unmatched' and exists (
        select from companies where companies.codat_company_id = webhook_events.codat_company_id)
      order by received_at, id for update skip locked
    )
    update webhook_events set ${putBack} from matched where matched.id = webhook_events.id`);
}

/** The same for one company, in the transaction that makes it known. */
export async function requeueEventsOf(tx: Tx, codatCompanyId: string): Promise<void> {
  await tx.execute(sql`
    with matched as materialized (
      select id from webhook_events
      where state = 'unmatched' and codat_company_id = ${codatCompanyId}
      order by received_at, id for update skip locked
    )
    update webhook_events set ${putBack} from matched where matched.id = webhook_events.id`);
}

import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { noteTrouble } from '@/lib/runtime/trouble';

/** A webhook may still be on its way for so long after the sweep has seen its change. */
const graceSeconds = 60;

/**
 * Notes how many connections of a company the sweep found different. What an event has told that waits
 * or wants a read is no news.
 */
export async function noteDifferences(
  db: Executor,
  sweepId: number,
  companyId: string,
  connections: number,
): Promise<void> {
  await db.execute(sql`
    insert into sweep_differences (sweep_id, company_id, connections)
    select ${sweepId}, companies.id, ${connections}
    from companies join company_reads on company_reads.company_id = companies.id
    where companies.id = ${companyId} and read_due_at is null and not exists (
      select from webhook_events
      where webhook_events.codat_company_id = companies.codat_company_id and state = 'pending')
    on conflict (sweep_id, company_id) do nothing`);
}

/** Counts as missed by webhook what no event has told of a minute later; tests wait less. */
export async function countMissed(db: Executor, afterSeconds = graceSeconds): Promise<void> {
  const { rowCount } = await db.execute(sql`
    with settled as (
      delete from sweep_differences
      where noticed_at <= now() - ${afterSeconds} * interval '1 second'
      returning *
    ), missed as (
      select sweep_id, sum(connections)::int as count from settled
      join companies on companies.id = settled.company_id
      where not exists (
        select from webhook_events
        where webhook_events.codat_company_id = companies.codat_company_id
          and received_at >= noticed_at)
      group by sweep_id
    )
    update sweeps set missed_by_webhook = missed_by_webhook + missed.count
    from missed where missed.sweep_id = sweeps.id`);
  if (rowCount) noteTrouble({ kind: 'webhooks' });
}

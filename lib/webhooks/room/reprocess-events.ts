import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { getDb, type Tx } from '@/db/client';
import type { Actor } from '@/lib/actor';
import { recordAudit } from '@/lib/audit/record-audit';
import { AppError } from '@/lib/errors';
import type { RequestContext } from '@/lib/runtime/request-context';
import { putBackTrail } from '@/lib/webhooks/inbox/event-trail';
import { wakeInbox } from '@/lib/webhooks/inbox/receive';
import { type Chosen, filterOf, idsNamed, mostAtOnce, requireChosen } from './chosen-events';
import type { EventState } from './schemas';

const processable: EventState[] = ['dead', 'settled', 'unmatched', 'ignored', 'processed'];
/** How many fall due each second, so that new events do not wait for them. */
const perSecond = 50;

/** `left` says that more match than one press requeues. */
export type Reprocessed = { count: number; left: boolean };

/**
 * Requeues events in the inbox, where each is processed as if it had just arrived. Waiting events stay
 * as they are, and applying an event again changes nothing, so two presses, or two people, do no more
 * than one.
 * @throws AppError `not-allowed`, `invalid` without a choice, `throttled`, or `conflict` when none of
 *   them can be requeued.
 */
export async function reprocessEvents(
  actor: Actor,
  chosen: Chosen,
  context: RequestContext,
): Promise<Reprocessed> {
  const which = await requireChosen(actor, chosen, processable);
  const back = await getDb().transaction(async (tx) => {
    const done = await putBack(tx, which, actor.email);
    if (done.count === 0) throw new AppError('conflict', 'nothingToReprocess');
    await recordAudit(tx, actor, {
      action: 'webhook.reprocess',
      ...(done.companyId && { companyId: done.companyId }),
      subject: done.webhookId ?? '',
      detail: { ...filterOf(chosen), count: done.count, ids: done.ids },
      context,
    });
    return done;
  });
  wakeInbox();
  return { count: back.count, left: back.count === mostAtOnce };
}

type Back = {
  count: number;
  ids: string;
  /** Of one alone. */
  webhookId: string | null;
  /** The company that all of them are about, if one. */
  companyId: string | null;
};

async function putBack(tx: Tx, which: SQL | undefined, by: string): Promise<Back> {
  // Locked in one order, so that two people never wait for each other's rows in a circle.
  const { rows } = await tx.execute<Back>(sql`
    with chosen as materialized (
      select id, received_at from webhook_events where ${which}
      order by received_at, id limit ${mostAtOnce} for update
    ), waiting as (
      select count(*) as ahead from webhook_events where state = 'pending'
    ), placed as (
      select id, ahead + row_number() over (order by received_at, id) - 1 as place
      from chosen, waiting
    ), back as (
      update webhook_events set
        state = 'pending', attempts = 0, lease_until = null, processed_at = null,
        trail = ${putBackTrail(by)},
        due_at = now() + (placed.place / ${perSecond}) * interval '1 second'
      from placed where placed.id = webhook_events.id
      returning webhook_events.id, webhook_events.webhook_id, webhook_events.company_id
    )
    select count(*)::int as count,
      coalesce(array_to_string((array_agg(id order by id))[1:${idsNamed}], ' '), '') as ids,
      case when count(*) = 1 then min(webhook_id) end as "webhookId",
      case when count(distinct company_id) = 1 and count(company_id) = count(*)
        then min(company_id::text) end as "companyId"
    from back`);
  const [back] = rows;
  if (!back) throw new Error('the statement gave no row');
  return back;
}

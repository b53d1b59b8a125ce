import 'server-only';
import { sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import type { Actor } from '@/lib/actor';
import { recordAudit } from '@/lib/audit/record-audit';
import { AppError } from '@/lib/errors';
import type { RequestContext } from '@/lib/runtime/request-context';
import { settledTrail } from '@/lib/webhooks/inbox/event-trail';
import { type Chosen, filterOf, idsNamed, mostAtOnce, requireChosen } from './chosen-events';

type Settled = { count: number; ids: string; webhookId: string | null };

/**
 * Settles dead letters: no one is alarmed about them any more, and they go when other events go.
 * Retrying one takes it up again.
 * @returns how many, and whether more match than one press settles.
 * @throws AppError `not-allowed`, `invalid` without a choice, `throttled`, or `conflict` when none of
 *   them is a dead letter.
 */
export async function settleEvents(
  actor: Actor,
  chosen: Chosen,
  reason: string,
  context: RequestContext,
): Promise<{ count: number; left: boolean }> {
  const which = await requireChosen(actor, chosen, ['dead']);
  return getDb().transaction(async (tx) => {
    // Locked in one order, as by a retry.
    const { rows } = await tx.execute<Settled>(sql`
      with chosen as materialized (
        select id from webhook_events where ${which}
        order by received_at, id limit ${mostAtOnce} for update
      ), done as (
        update webhook_events set state = 'settled', trail = ${settledTrail(actor.email, reason)}
        from chosen where chosen.id = webhook_events.id
        returning webhook_events.id, webhook_events.webhook_id
      )
      select count(*)::int as count,
        coalesce(array_to_string((array_agg(id order by id))[1:${idsNamed}], ' '), '') as ids,
        case when count(*) = 1 then min(webhook_id) end as "webhookId"
      from done`);
    const [done] = rows;
    if (!done || done.count === 0) throw new AppError('conflict', 'nothingToSettle');
    await recordAudit(tx, actor, {
      action: 'webhook.settle',
      subject: done.webhookId ?? '',
      detail: { ...filterOf(chosen), reason, count: done.count, ids: done.ids },
      context,
    });
    return { count: done.count, left: done.count === mostAtOnce };
  });
}

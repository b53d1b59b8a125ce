import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';

/**
 * Recomputes a company's rolled-up attention state from its set-up and connections. `attentionSince`
 * moves only when the state does. Statuses we do not know count as fine: they are shown as they are.
 */
export async function refreshAttention(db: Executor, companyId: string): Promise<void> {
  await db.execute(sql`
    with present as (
      select
        bool_or(status = 'Deauthorized') as deauthorized,
        bool_or(status = 'PendingAuth') as pending,
        bool_or(status not in ('Deauthorized', 'PendingAuth', 'Unlinked')) as linked,
        count(*) as total
      from connections where company_id = ${companyId} and removed_at is null
    ), state as (
      select case
        when c.codat_deleted_at is not null then 'deleted'
        when c.codat_company_id is null then 'provisioning'
        when p.deauthorized then 'needs_reconnect'
        when p.pending then 'unfinished'
        when p.linked then 'ok'
        when p.total > 0 then 'disconnected'
        else 'none' end as attention
      from companies c cross join present p where c.id = ${companyId}
    )
    update companies set attention = state.attention, attention_since = now()
    from state where companies.id = ${companyId} and companies.attention <> state.attention`);
}

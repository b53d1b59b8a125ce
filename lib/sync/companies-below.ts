import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';

/** Asks for a read of every company below one that is gone: Codat deletes them with it, and a read tells. */
export async function requestReadsBelow(db: Executor, companyId: string): Promise<void> {
  await db.execute(sql`
    with recursive below as (
      select id, codat_company_id, 0 as depth from companies where id = ${companyId}
      union all
      select k.id, k.codat_company_id, depth + 1
      from below join companies k on k.codat_parent_id = below.codat_company_id
      where depth < 5
    )
    update company_reads set reads_requested = reads_requested + 1,
      read_due_at = least(coalesce(read_due_at, 'infinity'), now() + interval '1 second')
    from below join companies on companies.id = below.id
    where company_id = below.id and depth > 0 and codat_deleted_at is null`);
}

/** At most so many are wanted of one answer; the sweep finds the rest. */
const atMost = 50;

/** Has companies adopted that an answer names as below another and nobody here knows. */
export async function wantSubsidiaries(db: Executor, codatCompanyIds: string[]): Promise<void> {
  if (codatCompanyIds.length === 0) return;
  await db.execute(sql`
    insert into unknown_companies (codat_company_id, ask_at)
    select named, now() from unnest(${sql.param(codatCompanyIds.slice(0, atMost))}::text[]) as named
    where not exists (select from companies where codat_company_id = named)
    on conflict do nothing`);
}

import 'server-only';
import { sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import type { Sweep } from './sweep-state';

/**
 * A company on no page of the sweep may have been deleted at Codat, or may have slipped between two
 * pages. Each is read on its own, spread over ten minutes.
 */
export async function requestUnseen(db: Db, sweep: Sweep): Promise<void> {
  await db.execute(sql`
    update company_reads set
      reads_requested = reads_requested + 1,
      read_due_at = least(coalesce(read_due_at, 'infinity'), now() + random() * interval '10 minutes')
    from companies
    where companies.id = company_id and codat_company_id is not null and codat_deleted_at is null
      and read_applied < ${sweep.firstToken}
      and companies.created_at < (select started_at from sweeps where id = ${sweep.id})`);
}

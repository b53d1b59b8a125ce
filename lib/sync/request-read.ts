import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';

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

/** Asks for a read of the company from Codat, `delayMs` from now at the latest. */
export async function requestRead(db: Executor, companyId: string, delayMs: number): Promise<void> {
  await db.execute(sql`
    update companies set
      reads_requested = reads_requested + 1,
      read_due_at = least(coalesce(read_due_at, 'infinity'), now() + ${delayMs} * interval '1 millisecond')
    where id = ${companyId}`);
}

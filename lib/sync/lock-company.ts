import 'server-only';
import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { listAbove } from '@/db/family';
import { companies } from '@/db/schema/companies';

/**
 * Locks a company's row until the transaction ends, and then those above it, whose state counts it.
 * Everything that changes a company, its reads, its connections or its list row takes this lock first, so
 * that nothing deadlocks; those below are locked by none but their own changes.
 */
export async function lockCompany(tx: Tx, companyId: string): Promise<void> {
  if (!(await lockRow(tx, companyId))) return;
  for (const id of await listAbove(tx, companyId)) await lockRow(tx, id);
}

/** @returns whether there is a company above it. */
async function lockRow(tx: Tx, companyId: string): Promise<boolean> {
  const [row] = await tx
    .select({ parentId: companies.codatParentId })
    .from(companies)
    .where(eq(companies.id, companyId))
    .for('no key update');
  return row?.parentId != null;
}

import 'server-only';
import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';

/**
 * Locks a company's row until the transaction ends. Everything that changes a company, its reads, its
 * connections or its list row takes this lock first, so that nothing deadlocks.
 */
export async function lockCompany(tx: Tx, companyId: string): Promise<void> {
  await tx
    .select({ id: companies.id })
    .from(companies)
    .where(eq(companies.id, companyId))
    .for('no key update');
}

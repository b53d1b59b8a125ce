import 'server-only';
import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';

/**
 * Holds a company's row until the transaction ends. Whoever changes a company and what lies below it
 * takes this lock first, as reads and events do: then they wait for each other and never in a circle.
 */
export async function lockCompany(tx: Tx, companyId: string): Promise<void> {
  await tx
    .select({ id: companies.id })
    .from(companies)
    .where(eq(companies.id, companyId))
    .for('update');
}

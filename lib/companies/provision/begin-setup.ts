import 'server-only';
import { and, asc, isNull, lt, sql } from 'drizzle-orm';
import { getDb, type Tx } from '@/db/client';
import { companies, memberships } from '@/db/schema/companies';
import { enqueueProvisioning } from '@/lib/runtime/jobs/boss';
import { logger } from '@/lib/runtime/logger';
import { withDeadline } from '@/lib/runtime/with-deadline';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import { provisionCompany } from './provision-company';

/** How long a person waits for Codat before the page says that setup continues. */
const waitForCodatMs = 1200;

/** Writes a company with its owner, and the job that creates it at Codat. @returns its id. */
export async function addCompany(tx: Tx, userId: string, name: string): Promise<string> {
  const companyId = crypto.randomUUID();
  await tx.insert(companies).values({ id: companyId, name });
  await tx.insert(memberships).values({ companyId, userId, role: 'owner' });
  await rollUpCompanies(tx, [companyId]);
  await enqueueProvisioning(tx, companyId);
  return companyId;
}

/** Makes the first try at creating the company at Codat, and waits a moment for it. */
export async function setUpAtOnce(companyId: string): Promise<void> {
  const firstTry = provisionCompany(companyId).catch((error: unknown) => {
    logger.error({ companyId, err: error }, 'the first setup attempt failed');
  });
  await withDeadline(firstTry, waitForCodatMs, () => {});
}

/**
 * Requeues every company that still isn't set up, so setup resumes after an outage of any length. A
 * company that has a job keeps it.
 */
export async function requeueProvisioning(): Promise<void> {
  const db = getDb();
  const waiting = await db
    .select({ id: companies.id })
    .from(companies)
    .where(
      and(
        isNull(companies.codatCompanyId),
        isNull(companies.codatDeletedAt),
        lt(companies.createdAt, sql`now() - interval '30 seconds'`),
      ),
    )
    .orderBy(asc(companies.createdAt))
    .limit(1000);
  for (const { id } of waiting) await enqueueProvisioning(db, id);
}

import 'server-only';
import { and, asc, isNull, lt, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { enqueueProvisioning } from '@/lib/runtime/jobs/boss';

/**
 * Puts back the job of every company that is still not set up, so that set-up resumes by itself
 * after an outage of any length. A company that has a job keeps it.
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

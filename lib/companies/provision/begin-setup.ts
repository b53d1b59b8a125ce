import 'server-only';
import { and, asc, isNull, lt, notInArray, or, sql } from 'drizzle-orm';
import { getDb, type Tx } from '@/db/client';
import { companies, memberships } from '@/db/schema/companies';
import { closedMs } from '@/lib/codat/gate';
import { operatorMustAct } from '@/lib/companies/company-setup';
import { enqueueProvisioning, type SetupJob } from '@/lib/runtime/jobs/boss';
import { logger } from '@/lib/runtime/logger';
import { withDeadline } from '@/lib/runtime/with-deadline';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import { isSetupBlocked, probeBlockedSetups } from './blocked-setups';
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
 * One attempt of the job that sets a company up. It ends quietly where trying again soon is useless:
 * while the gate has no calls for setups, which `requeueProvisioning` watches, and while the operator
 * must act first.
 * @throws Error for the job to be retried.
 */
export async function runSetupJob({ companyId }: SetupJob): Promise<void> {
  const db = getDb();
  if ((await closedMs('setup')) > 0 || (await isSetupBlocked(db, companyId))) return;
  const outcome = await provisionCompany(companyId);
  if (outcome === 'ready' || (await isSetupBlocked(db, companyId))) return;
  throw new Error(`setting the company up: ${outcome}`);
}

/** From here on a setup has failed for so long that each attempt waits for the next. */
const manyAttempts = 20;
const slowSeconds = 600;
const hourSeconds = 3600;

/**
 * Requeues every company that still isn't set up, so setup resumes after an outage of any length. A
 * company that has a job keeps it. Of those that wait for the operator one an hour is tried.
 */
export async function requeueProvisioning(): Promise<void> {
  if ((await closedMs('setup')) > 0) return;
  await probeBlockedSetups(hourSeconds);
  const db = getDb();
  const { provisionAttempts: attempts, provisionProblem: problem } = companies;
  const rested = sql`now() - ${slowSeconds} * interval '1 second'`;
  const waiting = await db
    .select({ id: companies.id, attempts })
    .from(companies)
    .where(
      and(
        isNull(companies.codatCompanyId),
        isNull(companies.codatDeletedAt),
        or(isNull(problem), notInArray(problem, [...operatorMustAct])),
        lt(companies.createdAt, sql`now() - interval '30 seconds'`),
        or(lt(attempts, manyAttempts), lt(companies.provisionAttemptedAt, rested)),
      ),
    )
    .orderBy(asc(companies.createdAt))
    .limit(1000);
  for (const company of waiting) {
    await enqueueProvisioning(db, company.id, { once: company.attempts >= manyAttempts });
  }
}

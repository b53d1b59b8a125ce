import 'server-only';
import { and, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { type Executor, getDb, type Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { operatorMustAct, type SetupProblem } from '@/lib/companies/company-setup';
import { enqueueProvisioning } from '@/lib/runtime/jobs/boss';
import { rollUpCompanies } from '@/lib/sync/roll-up';

/** Problems of the client as a whole: once one company gets past them, the others do too. */
const shared: SetupProblem[] = ['setupPlanLimit', 'setupUnauthorized', 'setupForbidden'];

/** Companies whose setup waits until the operator has fixed something at Codat. */
function isBlockedBy(problems: readonly SetupProblem[]): SQL | undefined {
  return and(
    isNull(companies.codatCompanyId),
    isNull(companies.codatDeletedAt),
    inArray(companies.provisionProblem, [...problems]),
  );
}

/** How many more are tried when one has succeeded: all follow soon, and a false hope costs little. */
const afterSuccess = 2;

/**
 * Tries one of the blocked setups, the one that has waited longest since its last attempt, unless any
 * of them was attempted within the last `restSeconds`: one shows whether the cause is fixed for all.
 */
export async function probeBlockedSetups(restSeconds: number): Promise<void> {
  const recently = sql`${companies.provisionAttemptedAt} > now() - ${restSeconds} * interval '1 second'`;
  await getDb().transaction(async (tx) => {
    const [attempted] = await tx
      .select({ id: companies.id })
      .from(companies)
      .where(and(or(isBlockedBy(operatorMustAct), isTried), recently))
      .limit(1);
    if (!attempted) await tryNext(tx, 1, operatorMustAct);
  });
}

/** One has been set up: tries the next. Call it in the transaction that records the success. */
export async function continueBlockedSetups(tx: Tx): Promise<void> {
  await tryNext(tx, afterSuccess, shared);
}

/** Being tried now: nothing is known against it any more. */
const isTried = and(
  isNull(companies.codatCompanyId),
  isNull(companies.codatDeletedAt),
  isNull(companies.provisionProblem),
);

/**
 * Forgets what they ran into, so that whatever job they have tries them. They count as attempted, so
 * that two who choose at the same time choose others.
 */
async function tryNext(tx: Tx, count: number, problems: readonly SetupProblem[]): Promise<void> {
  const isShared = inArray(companies.provisionProblem, shared);
  const next = tx
    .select({ id: companies.id })
    .from(companies)
    .where(isBlockedBy(problems))
    .orderBy(desc(isShared), sql`${companies.provisionAttemptedAt} nulls first`)
    .limit(count)
    .for('update', { skipLocked: true });
  const chosen = await tx
    .update(companies)
    .set({ provisionProblem: null, provisionAttemptedAt: sql`now()` })
    .where(inArray(companies.id, next))
    .returning({ id: companies.id });
  const ids = chosen.map(({ id }) => id);
  if (ids.length === 0) return;
  await rollUpCompanies(tx, ids);
  for (const id of ids) await enqueueProvisioning(tx, id, { now: true });
}

/** Whether this company's setup waits for the operator. */
export async function isSetupBlocked(db: Executor, companyId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: companies.id })
    .from(companies)
    .where(and(eq(companies.id, companyId), isBlockedBy(operatorMustAct)));
  return row !== undefined;
}

import 'server-only';
import { eq, max, notInArray, type SQL, sql } from 'drizzle-orm';
import { type Db, type Executor, getDb } from '@/db/client';
import { checkFindings } from '@/db/schema/operations';
import { type Actor, can } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import type { SetupStep } from '@/lib/operations/codat-setup/kept-plan';
import { nameOfPlan, readKeptPlan } from '@/lib/operations/codat-setup/kept-plan';
import { hasMessage } from '@/messages/server/message-text';
import { checkGroups, checkStates, type Finding, type StoredFinding } from './types';

/** What the last run of the checks found, and what could be done at Codat by the portal. */
export type StoredChecks = {
  findings: StoredFinding[];
  checkedAt: string | null;
  plan: SetupStep[];
  planName: string;
};

/**
 * Keeps what a run found in place of what an earlier one did. Of two runs at once the one that began
 * later counts.
 */
export async function storeFindings(db: Db, findings: Finding[], checkedAt: Date): Promise<void> {
  const rows = findings.map((finding, position) => ({
    ...finding,
    position,
    checkedAt,
    since: checkedAt,
  }));
  const given = (column: string) => sql.raw(`excluded.${column}`);
  await db.transaction(async (tx) => {
    await tx
      .insert(checkFindings)
      .values(rows)
      .onConflictDoUpdate({
        target: checkFindings.id,
        set: {
          group: given('check_group'),
          title: given('title'),
          state: given('state'),
          found: given('found'),
          fix: given('fix'),
          fixedIn: given('fixed_in'),
          position: given('position'),
          checkedAt: given('checked_at'),
          since: sql`case when ${checkFindings.state} = excluded.state
            then ${checkFindings.since} else excluded.since end`,
        },
        setWhere: sql`${checkFindings.checkedAt} <= excluded.checked_at`,
      });
    const gone = notInArray(
      checkFindings.id,
      rows.map(({ id }) => id),
    );
    await tx
      .delete(checkFindings)
      .where(sql`${gone} and ${checkFindings.checkedAt} <= ${checkedAt}`);
  });
}

/** What the last run of the checks found. @throws AppError `not-found` if the actor may not see it. */
export async function getStoredChecks(actor: Actor): Promise<StoredChecks> {
  if (!can(actor, 'settings:read')) throw new AppError('not-found', 'notFound');
  const db = getDb();
  const plan = await readKeptPlan(db);
  return {
    findings: await readFindings(db),
    checkedAt: (await lastCheckedAt(db))?.toISOString() ?? null,
    plan,
    planName: nameOfPlan(plan),
  };
}

/** What is wrong, as last found: what the overview shows. */
export function readFailures(db: Executor): Promise<StoredFinding[]> {
  return readFindings(db, eq(checkFindings.state, 'fail'));
}

async function readFindings(db: Executor, where?: SQL): Promise<StoredFinding[]> {
  const rows = await db
    .select({
      id: checkFindings.id,
      group: checkFindings.group,
      title: checkFindings.title,
      state: checkFindings.state,
      found: checkFindings.found,
      fix: checkFindings.fix,
      fixedIn: checkFindings.fixedIn,
      since: checkFindings.since,
    })
    .from(checkFindings)
    .where(where)
    .orderBy(checkFindings.position);
  const findings = rows.map(
    (row): StoredFinding => ({
      ...row,
      group: checkGroups.find((group) => group === row.group) ?? 'environment',
      state: checkStates.find((state) => state === row.state) ?? 'unknown',
      since: row.since.toISOString(),
    }),
  );
  // What another version of the portal found may be in words that this one does not have.
  return findings.filter(({ title, found, fix }) => [title, found, fix ?? found].every(hasMessage));
}

/** When the newest stored finding was made; null before the first run. */
export async function lastCheckedAt(db: Executor): Promise<Date | null> {
  const [row] = await db.select({ at: max(checkFindings.checkedAt) }).from(checkFindings);
  return row?.at ?? null;
}

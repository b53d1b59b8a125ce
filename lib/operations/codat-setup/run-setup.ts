import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { operatorSettings } from '@/db/schema/operations';
import { type AuditActor, type AuditRecord, recordAudit } from '@/lib/audit/record-audit';
import { AppError } from '@/lib/errors';
import type { SetupStep } from './kept-plan';
import { applyStep, readPlan, type SetupTarget } from './set-up-codat';

export type SetupRun = {
  target: SetupTarget;
  /** What was shown and agreed to. */
  agreed: SetupStep[];
  /** Null while there is no database yet: then nothing is audited, and no one else is locked out. */
  db: Db | null;
  actor: AuditActor;
  context?: AuditRecord['context'];
  onDone?: (step: SetupStep) => void;
};

/**
 * Does at Codat what was agreed to, a step after the other, each audited before it is made; stops at
 * the first that fails, and the next run goes on with what is left.
 * @returns the completed steps; none when Codat is already set up.
 * @throws AppError `conflict` when another setup runs, or Codat has changed since the plan was shown.
 * @throws CodatError
 */
export async function runSetup(run: SetupRun): Promise<SetupStep[]> {
  return run.db ? withSetupLease(run.db, () => runSteps(run)) : runSteps(run);
}

async function runSteps(run: SetupRun): Promise<SetupStep[]> {
  const steps = await readPlan(run.target);
  if (steps.length === 0) return [];
  if (JSON.stringify(steps) !== JSON.stringify(run.agreed)) {
    throw new AppError('conflict', 'setupChanged');
  }
  for (const step of steps) {
    await audit(run, step);
    await applyStep(run.target, step);
    run.onDone?.(step);
  }
  return steps;
}

async function audit({ db, actor, context }: SetupRun, step: SetupStep): Promise<void> {
  if (!db) return;
  const { kind, ...what } = step;
  const detail = Object.fromEntries(
    Object.entries(what).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
  await recordAudit(db, actor, { action: 'codat.setup', subject: kind, detail, context });
}

const key = 'codat-setup-lease';
/** Longer than a setup takes; the lease of a dead process expires after it. */
const leaseSeconds = 120;

/**
 * Lets only one setup at a time change Codat, across processes: two would create two consumers.
 * @throws AppError `conflict` while another is at it.
 */
export async function withSetupLease<T>(db: Db, run: () => Promise<T>): Promise<T> {
  const holder = crypto.randomUUID();
  const taken = await db
    .insert(operatorSettings)
    .values({ key, value: holder })
    .onConflictDoUpdate({
      target: operatorSettings.key,
      set: { value: holder, updatedAt: sql`now()` },
      setWhere: sql`${operatorSettings.updatedAt} < now() - ${leaseSeconds} * interval '1 second'`,
    })
    .returning({ key: operatorSettings.key });
  if (taken.length === 0) throw new AppError('conflict', 'setupBusy');
  try {
    return await run();
  } finally {
    const mine = sql`${eq(operatorSettings.key, key)} and ${operatorSettings.value} = ${JSON.stringify(holder)}::jsonb`;
    await db
      .delete(operatorSettings)
      .where(mine)
      .catch(() => {});
  }
}

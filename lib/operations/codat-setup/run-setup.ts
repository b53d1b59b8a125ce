import 'server-only';
import type { Db } from '@/db/client';
import { type AuditActor, type AuditRecord, recordAudit } from '@/lib/audit/record-audit';
import { AppError } from '@/lib/errors';
import type { SetupStep } from './schemas';
import { applyStep, readPlan, type SetupTarget } from './set-up-codat';
import { withSetupLease } from './setup-lease';

export type SetupRun = {
  target: SetupTarget;
  /** What was shown and agreed to. */
  agreed: SetupStep[];
  /** Null where there is no database yet: then nothing is audited, and nobody else is kept out. */
  db: Db | null;
  actor: AuditActor;
  context?: AuditRecord['context'];
  onDone?: (step: SetupStep) => void;
};

/**
 * Does at Codat what was agreed to, a step after the other, each audited before it is made; stops at
 * the first that fails, and the next run goes on with what is left.
 * @returns the steps that were done; none when Codat is right already.
 * @throws AppError `conflict` when another set-up runs, or Codat has changed since it was shown.
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

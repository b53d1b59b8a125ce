import 'server-only';
import { getDb } from '@/db/client';
import { inspectOwnEnv } from '@/env';
import { type Actor, can } from '@/lib/actor';
import { probeBlockedSetups } from '@/lib/companies/provision/blocked-setups';
import { AppError } from '@/lib/errors';
import { keepPlan, type SetupStep } from '@/lib/operations/codat-setup/kept-plan';
import { planSetup } from '@/lib/operations/codat-setup/plan-setup';
import type { CheckContext } from './check';
import { createContext } from './context';
import { noteSecrets } from './fingerprints';
import { runChecks } from './run-checks';
import { lastCheckedAt, storeFindings } from './stored-checks';

/**
 * Runs all checks with this process's own settings and keeps what they found. Where Codat accepts our
 * key and takes calls, one of the setups that wait for the operator is tried.
 */
export async function refreshChecks(priority: 'person' | 'sweep' = 'sweep'): Promise<void> {
  const db = getDb();
  const startedAt = new Date();
  const environment = inspectOwnEnv();
  await noteSecrets(db, environment);
  const context = createContext(environment, db, priority);
  const findings = await runChecks(context);
  await storeFindings(db, findings, startedAt);
  await keepPlan(db, await planFrom(context));
  const stateOf = (check: string) => findings.find(({ id }) => id === check)?.state;
  const isOpen = stateOf('codat-key') === 'ok' && stateOf('codat-quota') !== 'fail';
  if (isOpen) await probeBlockedSetups(priority === 'person' ? 0 : 3600);
}

/** What would be done at Codat, from what the checks have asked it; null when it did not answer. */
async function planFrom({ codat, environment }: CheckContext): Promise<SetupStep[] | null> {
  const { APP_URL } = environment.values;
  if (!codat || !APP_URL) return null;
  return Promise.all([codat.profile(), codat.consumers()]).then(
    ([profile, consumers]) => planSetup(profile, consumers, APP_URL),
    () => null,
  );
}

/** However often and by how many it is pressed, Codat is asked at most this often. */
const notWithinMs = 10_000;

/**
 * Runs the checks for an actor who may see them, unless they have just run.
 * @throws AppError `not-found`
 */
export async function checkAgain(actor: Actor): Promise<void> {
  if (!can(actor, 'settings:read')) throw new AppError('not-found', 'notFound');
  const last = await lastCheckedAt(getDb());
  if (last && Date.now() - last.getTime() < notWithinMs) return;
  await refreshChecks('person');
}

import { databaseNow } from '@/lib/runtime/process-state';
import type { CompanySetup } from './types';

/** Problems that last until the operator fixes something at Codat or in the environment. */
export const operatorMustAct = [
  'setupPlanLimit',
  'setupUnauthorized',
  'setupForbidden',
  'setupTaken',
  'setupRefused',
] as const;

/** What the last try at a set-up ran into. Each is the key of a text under `errors`. */
export type SetupProblem = (typeof operatorMustAct)[number] | 'setupFailing';

/** The problem of a stored key; `setupFailing` when there is none or it is unknown. */
export function setupProblem(stored: string | null | undefined): SetupProblem {
  return operatorMustAct.find((problem) => problem === stored) ?? 'setupFailing';
}

/** Whether a set-up waits for the operator to fix something, by what its last try ran into. */
export function isBlockedSetup(problem: string | null): boolean {
  return setupProblem(problem) !== 'setupFailing';
}

/** How far setting a company up has come, from its columns. */
export function companySetup(company: {
  codatCompanyId: string | null;
  codatDeletedAt: Date | null;
  provisionProblem: string | null;
}): CompanySetup {
  if (company.codatDeletedAt) return 'deleted';
  if (company.codatCompanyId) return 'ready';
  return isBlockedSetup(company.provisionProblem) ? 'blocked' : 'provisioning';
}

/** News older than this is shown as old. The sweep looks more often. */
const staleAfterMs = 24 * 60 * 60 * 1000;

/**
 * When what we hold was last known to be true, and whether that is too long ago. What is deleted at
 * Codat is so for good, and does not get old.
 */
export function freshness(company: {
  readAt: Date | null;
  eventAt: Date | null;
  codatCompanyId: string | null;
  codatDeletedAt: Date | null;
  createdAt: Date;
}): { knownAt: string | null; stale: boolean } {
  const times = [company.readAt, company.eventAt].filter((time) => time !== null);
  const knownAt =
    times.length > 0 ? new Date(Math.max(...times.map((time) => time.getTime()))) : null;
  const since = knownAt ?? (company.codatCompanyId ? company.createdAt : null);
  return {
    knownAt: knownAt?.toISOString() ?? null,
    stale:
      since !== null && !company.codatDeletedAt && databaseNow() - since.getTime() > staleAfterMs,
  };
}

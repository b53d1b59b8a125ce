import { t } from '@/messages/admin-overview';

const known = ['setupPlanLimit', 'setupUnauthorized', 'setupForbidden', 'setupFailing'] as const;

/** What keeps a company from being set up at Codat, by its message key; null for nothing. */
export function setupProblemText(problemKey: string | null): string {
  if (problemKey === null) return t('unfinished.waiting');
  return t(`unfinished.problem.${known.find((key) => key === problemKey) ?? 'other'}`);
}

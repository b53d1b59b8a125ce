import type { CheckState, StoredFinding } from '@/lib/checks/schemas';
import { t } from '@/messages/settings';
import { CheckMark } from './check-mark';

/** How many findings of each state, the worst first. */
const order: CheckState[] = ['fail', 'warn', 'unknown', 'ok'];

export function CheckSummary({ findings }: { findings: StoredFinding[] }) {
  const counts = order
    .map((state) => ({ state, count: findings.filter((one) => one.state === state).length }))
    .filter(({ count }) => count > 0);
  return (
    <ul aria-label={t('page.summary')} className="flex flex-wrap gap-x-6 gap-y-2 text-[0.9375rem]">
      {counts.map(({ state, count }) => (
        <li key={state} className="flex items-center gap-2">
          <CheckMark state={state} />
          {t(`counts.${state}`, { count })}
        </li>
      ))}
    </ul>
  );
}

import { useT } from '#i18n';
import {
  type CheckGroup,
  type CheckState,
  checkGroups,
  type StoredFinding,
} from '@/lib/operations/checks/types';
import { CheckMark, groupAnchor } from './check-group-card';

const order: CheckState[] = ['fail', 'warn', 'unknown', 'ok'];

/** How many findings of each state, the worst first; what is not right leads to the first of it. */
export function CheckSummary({ findings }: { findings: StoredFinding[] }) {
  const t = useT('settings');
  const counts = order
    .map((state) => ({ state, found: findings.filter((one) => one.state === state) }))
    .filter(({ found }) => found.length > 0);
  return (
    <ul aria-label={t('page.summary')} className="flex flex-wrap gap-x-6 gap-y-2 text-[0.9375rem]">
      {counts.map(({ state, found }) => (
        <li key={state} className="flex items-center gap-2">
          <CheckMark state={state} />
          {state === 'ok' ? (
            t(`counts.${state}`, { count: found.length })
          ) : (
            <a
              href={`#${groupAnchor(firstGroup(found))}`}
              className="inline-flex min-h-8 items-center underline decoration-line-strong underline-offset-4 hover:decoration-current"
            >
              {t(`counts.${state}`, { count: found.length })}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The first group on the page. */
function firstGroup(findings: StoredFinding[]): CheckGroup {
  const found = new Set(findings.map(({ group }) => group));
  return checkGroups.find((group) => found.has(group)) ?? checkGroups[0];
}

import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { Panel } from '@/app/(admin)/admin/_components/panel';
import { setupProblemText } from '@/app/(admin)/admin/companies/_components/filter-names';
import { Time } from '@/components/time/time';
import type { Overview } from '@/lib/operations/overview/types';

/** What was started and isn't finished: customers' authorizations, setups at Codat. */
export function UnfinishedPanel({ overview }: { overview: Overview }) {
  const t = useT('adminOverview');
  const { setups, unfinished } = overview;
  return (
    <Panel flush title={t('unfinished.title')}>
      <ul className="divide-y divide-line border-t border-line">
        <Begun
          href="/admin/connections?status=PendingAuth"
          label={t('unfinished.authorizations')}
          count={unfinished.count}
        >
          {unfinished.count > 0 ? (
            <p>
              {t.rich('unfinished.oldest', {
                time: () => <Time at={unfinished.oldestAt} as="relative" />,
              })}
            </p>
          ) : null}
        </Begun>
        <Begun
          href="/admin/companies?status=provisioning"
          label={t('unfinished.setups')}
          count={setups.waiting}
        >
          {setups.waiting > 0 ? (
            <p>
              {t.rich('unfinished.setupsSince', {
                time: () => <Time at={setups.oldestAt} as="relative" />,
              })}
            </p>
          ) : null}
        </Begun>
        {setups.problems.map(({ problemKey, count }) => (
          <li key={problemKey ?? ''}>
            <Link
              href={`/admin/companies?status=provisioning&setup=${problemKey ?? '-'}`}
              prefetch={false}
              className="flex min-h-9 items-center justify-between gap-4 py-1 pe-4 ps-8 text-sm text-ink-muted hover:bg-sunken/60 sm:pe-5 sm:ps-9"
            >
              <span>{setupProblemText(t, problemKey)}</span>
              <span className="tabular-nums">{t('number', { count })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

type BegunProps = { href: Route; label: string; count: number; children: ReactNode };

function Begun({ href, label, count, children }: BegunProps) {
  const t = useT('adminOverview');
  return (
    <li>
      <Link href={href} prefetch={false} className="block px-4 py-2.5 hover:bg-sunken/60 sm:px-5">
        <div className="flex items-baseline justify-between gap-4 text-[0.9375rem]">
          <span className="text-ink-muted">{label}</span>
          <span className="font-medium tabular-nums">{t('number', { count })}</span>
        </div>
        <div className="text-xs text-ink-faint [&>p]:mt-0.5">{children}</div>
      </Link>
    </li>
  );
}

import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { Panel } from '@/app/(admin)/admin/_components/panel';
import { AttentionStatus } from '@/components/status/attention-status';
import { cn } from '@/components/ui/cn';
import type { Attention } from '@/lib/companies/types';
import type { Overview } from '@/lib/operations/overview/types';

const colors: Record<Attention, string> = {
  deleted: 'bg-bad',
  provisioning: 'bg-wait',
  needs_reconnect: 'bg-warn',
  data_stopped: 'bg-warn opacity-60',
  unfinished: 'bg-wait opacity-60',
  disconnected: 'bg-ink-muted',
  none: 'bg-line-strong',
  ok: 'bg-ok',
};

/** Every company by what it needs, worst first: in proportion, and in numbers that lead to the list. */
export function CompaniesPanel({ companies }: { companies: Overview['companies'] }) {
  const t = useT('adminOverview');
  const { byAttention, unassigned, ignored } = companies;
  const present = byAttention.filter(({ count }) => count > 0);
  return (
    <Panel
      flush
      title={t('companies.title')}
      aside={
        <Link
          href="/admin/companies"
          prefetch={false}
          className="tabular-nums underline decoration-line-strong/60 underline-offset-4 hover:text-ink hover:decoration-current"
        >
          {t('companies.total', { count: companies.total })}
        </Link>
      }
    >
      <div
        aria-hidden="true"
        className="mx-4 flex h-2 gap-0.5 overflow-hidden rounded-full sm:mx-5"
      >
        {present.map(({ attention, count }) => (
          <span
            key={attention}
            className={cn('min-w-1', colors[attention])}
            style={{ flexGrow: count, flexBasis: 0 }}
          />
        ))}
      </div>
      <ul className="grid grid-cols-1 gap-x-6 px-2 py-3 sm:grid-cols-2 sm:px-3">
        {present.map(({ attention, count }) => (
          <Kind key={attention} href={`/admin/companies?status=${attention}`} count={count}>
            <AttentionStatus attention={attention} />
          </Kind>
        ))}
        {unassigned > 0 ? (
          <Kind href="/admin/companies?show=unassigned" count={unassigned}>
            <span className="font-medium">{t('companies.unassigned')}</span>
          </Kind>
        ) : null}
        {ignored > 0 ? (
          <Kind href="/admin/companies?show=ignored" count={ignored}>
            <span className="text-ink-muted">{t('companies.ignored')}</span>
          </Kind>
        ) : null}
      </ul>
    </Panel>
  );
}

function Kind({ href, count, children }: { href: Route; count: number; children: ReactNode }) {
  const t = useT('adminOverview');
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        className="flex min-h-10 items-center justify-between gap-3 rounded-lg px-2 text-[0.9375rem] hover:bg-sunken"
      >
        {children}
        <span className="font-medium tabular-nums">{t('number', { count })}</span>
      </Link>
    </li>
  );
}

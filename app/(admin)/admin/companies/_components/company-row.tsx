import Link from 'next/link';
import type { ReactNode } from 'react';
import { AttentionStatus } from '@/components/status/attention-status';
import { Time } from '@/components/time/time';
import type { CompanyListRow } from '@/lib/companies/list/schemas';
import { t as admin } from '@/messages/admin';
import { t } from '@/messages/admin-companies';
import { ConnectionMarks } from './connection-marks';

function Cell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <td className="px-4 py-3 align-top max-xl:flex max-xl:gap-3 max-xl:p-0">
      <span aria-hidden="true" className="w-24 shrink-0 text-ink-faint xl:hidden">
        {label}
      </span>
      <div className="min-w-0 wrap-anywhere">{children}</div>
    </td>
  );
}

export function CompanyRow({ row }: { row: CompanyListRow }) {
  return (
    <tr className="hover:bg-sunken/60 max-xl:grid max-xl:grid-cols-1 max-xl:gap-x-6 max-xl:gap-y-1.5 max-xl:p-4 sm:max-xl:grid-cols-2">
      <th
        scope="row"
        className="px-4 py-3 text-left align-top font-medium max-xl:col-span-full max-xl:p-0 max-xl:text-base xl:max-w-72"
      >
        <Link
          href={`/admin/companies/${row.id}`}
          title={row.name}
          className="line-clamp-2 wrap-anywhere underline decoration-line-strong/60 underline-offset-4 hover:decoration-current"
        >
          {row.name}
        </Link>
      </th>
      <Cell label={t('table.owner')}>
        <Owner row={row} />
      </Cell>
      <Cell label={t('table.state')}>
        <AttentionStatus attention={row.attention} />
        {row.setup === 'blocked' ? (
          <p className="text-xs font-medium text-bad">{admin('setup.blocked')}</p>
        ) : null}
      </Cell>
      <Cell label={t('table.since')}>
        <span className="text-ink-muted xl:whitespace-nowrap">
          <Time at={row.attentionSince} as="relative" />
        </span>
      </Cell>
      <Cell label={t('table.connections')}>
        <ConnectionMarks connections={row.connections} total={row.connectionCount} />
      </Cell>
      <Cell label={t('table.created')}>
        <span className="text-ink-muted xl:whitespace-nowrap">
          <Time at={row.createdAt} as="day" />
        </span>
      </Cell>
      <Cell label={t('table.checked')}>
        <span className="text-ink-muted xl:whitespace-nowrap">
          {row.knownAt ? <Time at={row.knownAt} as="relative" /> : t('row.never')}
        </span>
      </Cell>
    </tr>
  );
}

function Owner({ row }: { row: CompanyListRow }) {
  if (row.shelf) {
    return (
      <span className="rounded-md border border-line-strong/60 px-1.5 py-0.5 text-xs font-medium whitespace-nowrap text-ink-muted">
        {t(`row.${row.shelf}`)}
      </span>
    );
  }
  return (
    <span
      title={row.ownerEmail ?? undefined}
      className="text-ink-muted xl:line-clamp-2 xl:max-w-56 xl:min-w-40"
    >
      {row.ownerEmail ?? t('row.noOwner')}
    </span>
  );
}

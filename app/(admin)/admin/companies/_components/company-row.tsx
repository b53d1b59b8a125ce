import Link from 'next/link';
import type { ReactNode } from 'react';
import { AttentionStatus } from '@/components/status/attention-status';
import { Time } from '@/components/time/time';
import type { CompanyListRow } from '@/lib/companies/schemas';
import { translator } from '@/messages/translator';
import { ConnectionMarks } from './connection-marks';

const t = translator('admin');

function Cell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <td className="px-4 py-3 align-top max-lg:flex max-lg:gap-3 max-lg:p-0">
      <span aria-hidden="true" className="w-24 shrink-0 text-ink-faint lg:hidden">
        {label}
      </span>
      <div className="min-w-0 break-words">{children}</div>
    </td>
  );
}

export function CompanyRow({ row }: { row: CompanyListRow }) {
  return (
    <tr className="hover:bg-sunken/60 max-lg:grid max-lg:gap-x-6 max-lg:gap-y-1.5 max-lg:p-4 sm:max-lg:grid-cols-2">
      <th
        scope="row"
        className="px-4 py-3 text-left align-top font-medium max-lg:col-span-full max-lg:p-0 max-lg:text-base lg:max-w-72"
      >
        <Link
          href={`/admin/companies/${row.id}`}
          className="line-clamp-2 break-words underline decoration-line-strong/60 underline-offset-4 hover:decoration-current"
        >
          {row.name}
        </Link>
      </th>
      <Cell label={t('companies.state')}>
        <AttentionStatus attention={row.attention} />
        {row.attentionSince ? (
          <p className="text-xs text-ink-faint">
            {t.rich('company.since', {
              time: () => <Time at={row.attentionSince} as="relative" />,
            })}
          </p>
        ) : null}
        {row.setup === 'blocked' ? (
          <p className="text-xs font-medium text-bad">{t('setup.blocked')}</p>
        ) : null}
      </Cell>
      <Cell label={t('companies.connections')}>
        <ConnectionMarks connections={row.connections} total={row.connectionCount} />
      </Cell>
      <Cell label={t('companies.owner')}>
        <span className="text-ink-muted lg:line-clamp-1 lg:max-w-56 lg:break-all">
          {row.ownerEmail ?? t('companies.noOwner')}
        </span>
      </Cell>
      <Cell label={t('companies.created')}>
        <span className="text-ink-muted lg:whitespace-nowrap">
          <Time at={row.createdAt} as="day" />
        </span>
      </Cell>
      <Cell label={t('companies.checked')}>
        <span className="text-ink-muted lg:whitespace-nowrap">
          {row.knownAt ? <Time at={row.knownAt} as="relative" /> : t('companies.never')}
        </span>
      </Cell>
    </tr>
  );
}

import Link from 'next/link';
import { useT } from '#i18n';
import { ListCell, ListRow, ListTable } from '@/app/(admin)/admin/_components/list-table';
import { AttentionStatus } from '@/components/status/attention-status';
import { ConnectionMark, statusText } from '@/components/status/connection-status';
import { Time } from '@/components/time/time';
import type { CompanyListInput, CompanyListRow } from '@/lib/companies/list/schemas';
import { SortHead } from './sort-head';

type Props = { input: CompanyListInput; rows: CompanyListRow[] };

export function CompanyTable({ input, rows }: Props) {
  const t = useT('adminCompanies');
  return (
    <ListTable wide label={t('table.label')} head={<SortHead input={input} />}>
      {rows.map((row) => (
        <CompanyRow key={row.id} row={row} />
      ))}
    </ListTable>
  );
}

function CompanyRow({ row }: { row: CompanyListRow }) {
  const admin = useT('admin');
  const t = useT('adminCompanies');
  return (
    <ListRow
      wide
      head={
        <Link
          href={`/admin/companies/${row.id}`}
          title={row.name}
          className="line-clamp-2 wrap-anywhere underline decoration-line-strong/60 underline-offset-4 hover:decoration-current"
        >
          {row.name}
        </Link>
      }
    >
      <ListCell wide label={t('table.owner')}>
        <Owner row={row} />
      </ListCell>
      <ListCell wide label={t('table.state')}>
        <AttentionStatus attention={row.attention} />
        {row.setup === 'blocked' ? (
          <p className="text-xs font-medium text-bad">{admin('setup.blocked')}</p>
        ) : null}
      </ListCell>
      <ListCell wide label={t('table.since')}>
        <span className="text-ink-muted xl:whitespace-nowrap">
          <Time at={row.attentionSince} as="relative" />
        </span>
      </ListCell>
      <ListCell wide label={t('table.connections')}>
        <ConnectionMarks connections={row.connections} total={row.connectionCount} />
      </ListCell>
      <ListCell wide label={t('table.created')}>
        <span className="text-ink-muted xl:whitespace-nowrap">
          <Time at={row.createdAt} as="day" />
        </span>
      </ListCell>
      <ListCell wide label={t('table.checked')}>
        <span className="text-ink-muted xl:whitespace-nowrap">
          {row.knownAt ? <Time at={row.knownAt} as="relative" /> : t('row.never')}
        </span>
      </ListCell>
    </ListRow>
  );
}

function Owner({ row }: { row: CompanyListRow }) {
  const t = useT('adminCompanies');
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

type MarksProps = { connections: CompanyListRow['connections']; total: number };

function ConnectionMarks({ connections, total }: MarksProps) {
  const t = useT('adminCompanies');
  const connectionsText = useT('connections');
  if (total === 0) return <span className="text-ink-faint">{t('row.noConnections')}</span>;
  const more = total - connections.length;
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1">
      {connections.map(({ id, platformName, status }) => (
        <li
          key={id}
          className="inline-flex max-w-full items-start gap-1.5"
          title={statusText(connectionsText, status)}
        >
          <ConnectionMark status={status} className="mt-[3px] size-3.5" />
          <span className="line-clamp-1 min-w-0 wrap-anywhere">{platformName}</span>
          <span className="sr-only">({statusText(connectionsText, status)})</span>
        </li>
      ))}
      {more > 0 ? <li className="text-ink-faint">{t('row.more', { count: more })}</li> : null}
    </ul>
  );
}

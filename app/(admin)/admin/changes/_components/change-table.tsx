import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useT } from '#i18n';
import { ListCell, ListRow, ListTable } from '@/app/(admin)/admin/_components/list-table';
import { ConnectionStatus } from '@/components/status/connection-status';
import { Time } from '@/components/time/time';
import type { ChangeListRow } from '@/lib/connections/schemas';

const columns = ['company', 'connection', 'change', 'when', 'source'] as const;

/** Learned of so much later that both times are worth knowing. */
function isLate({ occurredAt, recordedAt }: ChangeListRow): boolean {
  return Date.parse(recordedAt) - Date.parse(occurredAt) > 5 * 60_000;
}

export function ChangeTable({ rows }: { rows: ChangeListRow[] }) {
  const t = useT('adminOverview');
  const connections = useT('connections');
  return (
    <ListTable
      label={t('changeList.table')}
      columns={columns.map((key) => ({ key, text: t(`changeList.${key}`) }))}
    >
      {rows.map((row) => (
        <ListRow
          key={row.id}
          head={
            <Link
              href={`/admin/companies/${row.company.id}`}
              prefetch={false}
              className="line-clamp-2 wrap-anywhere underline decoration-line-strong/60 underline-offset-4 hover:decoration-current"
            >
              {row.company.name}
            </Link>
          }
        >
          <ListCell label={t('changeList.connection')}>{row.platformName}</ListCell>
          <ListCell label={t('changeList.change')}>
            <span className="inline-flex flex-wrap items-center gap-x-2">
              {row.fromStatus ? (
                <ConnectionStatus status={row.fromStatus} />
              ) : (
                <span className="text-ink-muted">{t('changeList.new')}</span>
              )}
              <ArrowRight className="size-3.5 text-ink-faint rtl:-scale-x-100" aria-hidden="true" />
              <span className="sr-only">{t('changeList.becomes')}</span>
              {row.toStatus ? (
                <ConnectionStatus status={row.toStatus} />
              ) : (
                <span className="text-ink-muted">{t('changeList.removed')}</span>
              )}
            </span>
          </ListCell>
          <ListCell label={t('changeList.when')}>
            <span className="text-ink-muted">
              <Time at={row.recordedAt} />
            </span>
            {isLate(row) ? (
              <p className="text-xs text-ink-faint">
                {t.rich('changeList.happened', { time: () => <Time at={row.occurredAt} /> })}
              </p>
            ) : null}
          </ListCell>
          <ListCell label={t('changeList.source')}>
            <span className="text-ink-muted">
              {connections(`timeline.sourceStaff.${row.source}`)}
              {row.actorName ? ` ${connections('timeline.by', { name: row.actorName })}` : null}
            </span>
          </ListCell>
        </ListRow>
      ))}
    </ListTable>
  );
}

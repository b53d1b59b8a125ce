import Link from 'next/link';
import { useT } from '#i18n';
import { ListCell, ListRow, ListTable } from '@/app/(admin)/admin/_components/list-table';
import { PlatformLogo } from '@/components/platform-logo';
import { ConnectionStatus } from '@/components/status/connection-status';
import { Time } from '@/components/time/time';
import type { ConnectionListRow } from '@/lib/connections/schemas';

const columns = ['company', 'connection', 'status', 'since'] as const;

export function ConnectionTable({ rows }: { rows: ConnectionListRow[] }) {
  const t = useT('adminOverview');
  return (
    <ListTable
      label={t('connectionList.table')}
      columns={columns.map((key) => ({ key, text: t(`connectionList.${key}`) }))}
    >
      {rows.map(({ id, platformName, logoPath, status, since, sinceKnown, company }) => (
        <ListRow
          key={id}
          head={
            <Link
              href={`/admin/companies/${company.id}`}
              prefetch={false}
              className="line-clamp-2 wrap-anywhere underline decoration-line-strong/60 underline-offset-4 hover:decoration-current"
            >
              {company.name}
            </Link>
          }
        >
          <ListCell label={t('connectionList.connection')}>
            <span className="flex items-center gap-2">
              <PlatformLogo
                platformName={platformName}
                logoPath={logoPath}
                className="size-6 rounded-md text-xs"
              />
              <span className="min-w-0 wrap-anywhere">{platformName}</span>
            </span>
          </ListCell>
          <ListCell label={t('connectionList.status')}>
            <ConnectionStatus status={status} />
          </ListCell>
          <ListCell label={t('connectionList.since')}>
            <span className="text-ink-muted">
              {sinceKnown ? (
                <Time at={since} as="relative" />
              ) : (
                t.rich('connectionList.firstSeen', {
                  time: () => <Time at={since} as="relative" />,
                })
              )}
            </span>
          </ListCell>
        </ListRow>
      ))}
    </ListTable>
  );
}

import Link from 'next/link';
import { useT } from '#i18n';
import { Panel } from '@/app/(admin)/admin/_components/panel';
import { ConnectionMark, statusName } from '@/components/status/connection-status';
import { ScrollArea } from '@/components/ui/scroll-area';
import { connectionStates, knownState } from '@/lib/connections/types';
import type { Overview, PlatformCounts } from '@/lib/operations/overview/types';

const platformsShown = 12;
/** What is broken first, as on every list. */
function rankOf(status: string): number {
  const known = knownState(status);
  return known ? connectionStates.indexOf(known) : connectionStates.length;
}

/** Connections by platform and status; each number leads to those connections. */
export function ConnectionsPanel({ connections }: { connections: Overview['connections'] }) {
  const t = useT('adminOverview');
  const connectionsText = useT('connections');
  const { byStatus, platforms, total } = connections;
  const statuses = byStatus
    .map(({ status }) => status)
    .sort((a, b) => rankOf(a) - rankOf(b) || a.localeCompare(b));
  const countOf = (status: string) => byStatus.find((one) => one.status === status)?.count ?? 0;
  const rest = platforms.length - platformsShown;
  return (
    <Panel flush title={t('connections.title')} aside={t('connections.total', { count: total })}>
      {total === 0 ? (
        <p className="px-4 pb-4 text-[0.9375rem] text-ink-muted sm:px-5">{t('connections.none')}</p>
      ) : (
        <ScrollArea
          label={t('connections.table')}
          className="relative overflow-x-auto rounded-b-xl border-t border-line"
        >
          <table className="w-full text-sm" aria-label={t('connections.table')}>
            <thead>
              <tr className="border-b border-line text-start">
                <th scope="col" className="px-4 py-2 text-xs font-medium text-ink-faint sm:px-5">
                  {t('connections.platform')}
                </th>
                {statuses.map((status) => (
                  <th
                    key={status}
                    scope="col"
                    title={statusName(connectionsText, status)}
                    className="py-2 pe-3 text-end font-medium last:pe-4 sm:w-40 sm:last:pe-5"
                  >
                    <ColumnName status={status} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              <tr className="font-medium">
                <th scope="row" className="px-4 py-1 text-start font-medium sm:px-5">
                  {t('connections.all')}
                </th>
                {statuses.map((status) => (
                  <Cell
                    key={status}
                    count={countOf(status)}
                    status={status}
                    platformName={t('connections.all')}
                  />
                ))}
              </tr>
              {platforms.slice(0, platformsShown).map((platform) => (
                <Row key={platform.platformKey} platform={platform} statuses={statuses} />
              ))}
            </tbody>
          </table>
          {rest > 0 ? (
            <p className="border-t border-line px-4 py-2.5 text-sm text-ink-faint sm:px-5">
              {t('connections.more', { count: rest })}
            </p>
          ) : null}
        </ScrollArea>
      )}
    </Panel>
  );
}

/** On a phone only the mark shows: its words are further up the page. */
function ColumnName({ status }: { status: string }) {
  const connectionsText = useT('connections');
  if (!knownState(status)) return <span className="text-xs text-ink-muted">{status}</span>;
  return (
    <span className="inline-flex items-center justify-end gap-1.5 text-xs whitespace-nowrap">
      <ConnectionMark status={status} />
      <span className="max-sm:sr-only">{statusName(connectionsText, status)}</span>
    </span>
  );
}

function Row({ platform, statuses }: { platform: PlatformCounts; statuses: string[] }) {
  const { platformKey, platformName, byStatus } = platform;
  return (
    <tr>
      <th
        scope="row"
        title={platformName}
        className="max-w-32 px-4 py-1 text-start font-normal wrap-anywhere sm:max-w-64 sm:px-5"
      >
        {platformName}
      </th>
      {statuses.map((status) => (
        <Cell
          key={status}
          count={byStatus[status] ?? 0}
          status={status}
          platformKey={platformKey ?? '-'}
          platformName={platformName}
        />
      ))}
    </tr>
  );
}

type CellProps = { count: number; status: string; platformName: string; platformKey?: string };

function Cell({ count, status, platformName, platformKey }: CellProps) {
  const t = useT('adminOverview');
  const connectionsText = useT('connections');
  if (count === 0) {
    return (
      <td className="py-1 pe-3 text-end text-ink-faint last:pe-4 sm:last:pe-5">
        <span aria-hidden="true">–</span>
        <span className="sr-only">0</span>
      </td>
    );
  }
  const query = new URLSearchParams({ status, ...(platformKey && { platform: platformKey }) });
  return (
    <td className="py-1 pe-1 text-end last:pe-2 sm:last:pe-3">
      <Link
        href={`/admin/connections?${query}`}
        prefetch={false}
        aria-label={t('connections.cell', {
          count,
          platform: platformName,
          status: statusName(connectionsText, status),
        })}
        className="inline-flex min-h-9 min-w-11 items-center justify-end rounded-lg px-2 tabular-nums underline decoration-line-strong/60 underline-offset-4 hover:bg-sunken hover:decoration-current"
      >
        {t('number', { count })}
      </Link>
    </td>
  );
}

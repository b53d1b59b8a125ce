import { ConnectionMark, statusText } from '@/components/status/connection-status';
import type { CompanyListRow } from '@/lib/companies/list/schemas';
import { t } from '@/messages/admin-companies';

type Props = { connections: CompanyListRow['connections']; total: number };

export function ConnectionMarks({ connections, total }: Props) {
  if (total === 0) return <span className="text-ink-faint">{t('row.noConnections')}</span>;
  const more = total - connections.length;
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1">
      {connections.map(({ id, platformName, status }) => (
        <li
          key={id}
          className="inline-flex max-w-full items-start gap-1.5"
          title={statusText(status)}
        >
          <ConnectionMark status={status} className="mt-[3px] size-3.5" />
          <span className="line-clamp-1 min-w-0 wrap-anywhere">{platformName}</span>
          <span className="sr-only">({statusText(status)})</span>
        </li>
      ))}
      {more > 0 ? <li className="text-ink-faint">{t('row.more', { count: more })}</li> : null}
    </ul>
  );
}

import { ConnectionMark, statusText } from '@/components/status/connection-status';
import type { CompanyListRow } from '@/lib/companies/schemas';
import { translator } from '@/messages/translator';

const t = translator('admin');

type Props = { connections: CompanyListRow['connections']; total: number };

export function ConnectionMarks({ connections, total }: Props) {
  if (total === 0) return <span className="text-ink-faint">{t('companies.noConnections')}</span>;
  const more = total - connections.length;
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1">
      {connections.map(({ id, platformName, status }) => (
        <li key={id} className="inline-flex items-center gap-1.5" title={statusText(status)}>
          <ConnectionMark status={status} className="size-3.5" />
          <span>{platformName}</span>
          <span className="sr-only">({statusText(status)})</span>
        </li>
      ))}
      {more > 0 ? <li className="text-ink-faint">{t('companies.more', { count: more })}</li> : null}
    </ul>
  );
}

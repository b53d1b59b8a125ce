import { useT } from '#i18n';
import { Panel } from '@/app/(admin)/admin/_components/panel';
import type { ConnectionSummary } from '@/lib/connections/types';
import { AdminConnection } from './admin-connection';
import { ConnectionLinks } from './connection-links';

type Props = {
  connections: ConnectionSummary[];
  removed: ConnectionSummary[];
  may: { write: boolean; copy: boolean };
};

export function CompanyConnections({ connections, removed, may }: Props) {
  const t = useT('admin');
  return (
    <Panel title={t('company.connections')}>
      {connections.length > 0 ? (
        <ul className="divide-y divide-line">
          {connections.map((connection) => (
            <AdminConnection
              key={connection.id}
              connection={connection}
              actions={<ConnectionLinks connection={connection} may={may} />}
            />
          ))}
        </ul>
      ) : (
        <p className="text-ink-muted">{t('company.connectionsEmpty')}</p>
      )}
      {removed.length > 0 ? (
        <div className="mt-4 border-t border-line pt-3">
          <h3 className="text-xs font-medium text-ink-faint">{t('company.removed')}</h3>
          <ul className="divide-y divide-line">
            {removed.map((connection) => (
              <AdminConnection key={connection.id} connection={connection} removed />
            ))}
          </ul>
        </div>
      ) : null}
    </Panel>
  );
}

import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { PlatformLogo } from '@/components/platform-logo';
import { ConnectionStatus } from '@/components/status/connection-status';
import { Time } from '@/components/time/time';
import { CopyId } from '@/components/ui/copy-id';
import type { ConnectionSummary } from '@/lib/connections/types';

type Props = {
  connection: ConnectionSummary;
  removed?: boolean;
  /** What this person may do with it. */
  actions?: ReactNode;
};

export function AdminConnection({ connection, removed = false, actions }: Props) {
  const t = useT('admin');
  const { problem } = connection;
  return (
    <li className="flex gap-3 py-3 first:pt-0 last:pb-0">
      <PlatformLogo
        platformName={connection.platformName}
        logoPath={connection.logoPath}
        className="size-9 rounded-lg"
      />
      <div className="min-w-0 flex-1 sm:flex sm:gap-4">
        <div className="min-w-0 flex-1 space-y-1">
          <p className="flex flex-wrap items-center gap-x-3">
            <span className="text-[0.9375rem] font-medium">{connection.platformName}</span>
            {removed ? null : <ConnectionStatus status={connection.status} />}
          </p>
          <dl className="flex flex-wrap gap-x-5 gap-y-1 text-ink-muted">
            <div className="flex gap-1.5">
              <dt className="text-ink-faint">{t('company.since2')}</dt>
              <dd>
                <Time at={connection.statusChangedAt ?? connection.createdAt} as="relative" />
              </dd>
            </div>
            <div className="flex gap-1.5">
              <dt className="text-ink-faint">{t('company.lastSync')}</dt>
              <dd>
                {connection.lastSyncAt ? (
                  <Time at={connection.lastSyncAt} as="relative" />
                ) : (
                  t('companies.never')
                )}
              </dd>
            </div>
          </dl>
          {problem && connection.status !== 'Linked' ? (
            <p className="text-ink-muted">
              <span className="text-ink-faint">{t('company.problem')}:</span>{' '}
              <span translate="no">
                {[problem.statusCode, problem.message].filter(Boolean).join(' · ')}
              </span>
            </p>
          ) : null}
          <CopyId id={connection.id} what={t('company.connectionId')} />
        </div>
        {actions}
      </div>
    </li>
  );
}

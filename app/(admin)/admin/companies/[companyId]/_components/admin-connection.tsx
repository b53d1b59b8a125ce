import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { PlatformLogo } from '@/components/platform-logo';
import { ConnectionStatus, whyStopped } from '@/components/status/connection-status';
import { Time } from '@/components/time/time';
import { CopyId } from '@/components/ui/copy-id';
import { type ConnectionSummary, type ReadFailure, whoCanFix } from '@/lib/connections/types';

type Props = {
  connection: ConnectionSummary;
  removed?: boolean;
  /** What this person may do with it. */
  actions?: ReactNode;
};

export function AdminConnection({ connection, removed = false, actions }: Props) {
  const t = useT('admin');
  const connectionsText = useT('connections');
  const { problem, readFailure, stopped } = connection;
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
            {removed ? null : <ConnectionStatus status={connection.state} />}
          </p>
          <dl className="flex flex-wrap gap-x-5 gap-y-1 text-ink-muted">
            <div className="flex gap-1.5">
              <dt className="text-ink-faint">
                {t(connection.stateSince ? 'company.since2' : 'company.firstSeen')}
              </dt>
              <dd>
                <Time at={connection.stateSince ?? connection.firstKnownAt} as="relative" />
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
          {stopped ? (
            <p className="text-ink-muted">
              {whyStopped(connectionsText, connection)}{' '}
              {t(`company.who.${whoCanFix[stopped.why]}`, { platform: connection.platformName })}
            </p>
          ) : null}
          {problem ? (
            <p className="text-ink-muted">
              <span className="text-ink-faint">{t('company.problem')}:</span>{' '}
              <span translate="no">
                {[problem.statusCode, problem.message].filter(Boolean).join(' · ')}
              </span>
            </p>
          ) : null}
          {readFailure ? <FailedRead failure={readFailure} /> : null}
          <CopyId id={connection.id} what={t('company.connectionId')} />
        </div>
        {actions}
      </div>
    </li>
  );
}

/** Whatever came after it: one failed data type among many is no reason to worry, but to know. */
function FailedRead({ failure }: { failure: ReadFailure }) {
  const t = useT('admin');
  return (
    <p className="text-ink-muted">
      <span className="text-ink-faint">{t('company.failedRead')}:</span>{' '}
      <Time at={failure.at} as="relative" /> ·{' '}
      <span translate="no">{[failure.status, failure.dataTypes.join(', ')].join(' · ')}</span>
    </p>
  );
}

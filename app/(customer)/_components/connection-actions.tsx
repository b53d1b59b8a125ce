import Link from 'next/link';
import { useT } from '#i18n';
import { buttonStyle } from '@/components/ui/button';
import { type ConnectionSummary, knownStatus } from '@/lib/connections/types';
import { StartLinkForm } from './start-link-form';

/** The one right thing to do for each status; names the platform for those who cannot see it. */
export function ConnectionActions({ connection }: { connection: ConnectionSummary }) {
  const t = useT('connections');
  const { id, companyId, platformName } = connection;
  const status = knownStatus(connection.status);
  const named = (text: string) => (
    <span>
      {text}
      <span className="sr-only"> {platformName}</span>
    </span>
  );

  if (status === 'PendingAuth' || status === 'Deauthorized' || status === 'Unlinked') {
    return (
      <div className="flex flex-col gap-1 max-sm:w-full sm:items-end">
        <StartLinkForm
          companyId={companyId}
          connectionId={id}
          look={status === 'Unlinked' ? 'plain' : 'primary'}
          className="flex flex-col gap-3 sm:items-end"
          buttonClassName="max-sm:w-full"
        >
          {named(t(status === 'PendingAuth' ? 'actions.finish' : 'actions.reconnect'))}
        </StartLinkForm>
        <p className="text-xs text-ink-faint max-sm:text-center">{t('actions.hint')}</p>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap gap-2 max-sm:w-full">
      <StartLinkForm
        companyId={companyId}
        className="flex flex-col gap-3 max-sm:flex-1 sm:items-end"
        buttonClassName="max-sm:w-full"
      >
        {named(t('actions.manage'))}
      </StartLinkForm>
      {status === 'Linked' ? (
        <Link
          href={`/connections/${id}/disconnect`}
          className={buttonStyle({ look: 'quiet', className: 'max-sm:flex-1' })}
        >
          {named(t('actions.disconnect'))}
        </Link>
      ) : null}
    </div>
  );
}

type ConnectionProblemProps = { connection: ConnectionSummary; brandName: string };

/** What a status means for the data, why it came to it and who can put it right. */
export function ConnectionProblem({ connection, brandName }: ConnectionProblemProps) {
  const t = useT('connections');
  const status = knownStatus(connection.status);
  if (status === 'Linked') return null;
  const values = { platform: connection.platformName, brand: brandName };
  const why =
    connection.sourceType === 'Banking'
      ? 'explain.DeauthorizedWhyBanking'
      : 'explain.DeauthorizedWhy';
  const reported = status === 'Unlinked' ? null : connection.problem?.message;
  return (
    <div className="space-y-1.5 text-[0.9375rem] text-ink-muted">
      <p>{t(`explain.${status ?? 'unknown'}`, values)}</p>
      {status === 'Deauthorized' ? <p>{t(why, values)}</p> : null}
      {reported ? <p className="text-sm">{t('explain.reported', { message: reported })}</p> : null}
    </div>
  );
}

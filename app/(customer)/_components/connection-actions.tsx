import Link from 'next/link';
import { useT } from '#i18n';
import { whyStopped } from '@/components/status/connection-status';
import { buttonStyle } from '@/components/ui/button';
import {
  type ConnectionSummary,
  hasFailed,
  isFiller,
  knownState,
  onComputer,
  whoCanFix,
} from '@/lib/connections/types';
import { StartLinkForm } from './start-link-form';

/** The one right thing to do for each status; names the platform for those who cannot see it. */
export function ConnectionActions({ connection }: { connection: ConnectionSummary }) {
  const t = useT('connections');
  const { id, companyId, platformName, stopped } = connection;
  const state = knownState(connection.state);
  const named = (text: string) => (
    <span>
      {text}
      <span className="sr-only"> {platformName}</span>
    </span>
  );

  const disconnect = (
    <Link
      href={`/connections/${id}/disconnect`}
      className={buttonStyle({ look: 'quiet', className: 'max-sm:flex-1' })}
    >
      {named(t('actions.disconnect'))}
    </Link>
  );
  if (stopped) {
    return (
      <div className="flex flex-wrap gap-x-2 gap-y-1 max-sm:w-full">
        <StartLinkForm
          companyId={companyId}
          connectionId={id}
          look={whoCanFix[stopped.why] === 'you' ? 'primary' : 'plain'}
          className="flex flex-col gap-3 max-sm:flex-1 sm:items-end"
          buttonClassName="max-sm:w-full"
        >
          {named(t('actions.reconnect'))}
        </StartLinkForm>
        {disconnect}
        <p className="w-full text-xs text-ink-faint max-sm:text-center">{t('actions.hint')}</p>
      </div>
    );
  }
  if (state === 'PendingAuth' || state === 'Deauthorized' || state === 'Unlinked') {
    return (
      <div className="flex flex-col gap-1 max-sm:w-full sm:items-end">
        <StartLinkForm
          companyId={companyId}
          connectionId={id}
          look={state === 'Unlinked' ? 'plain' : 'primary'}
          className="flex flex-col gap-3 sm:items-end"
          buttonClassName="max-sm:w-full"
        >
          {named(t(state === 'PendingAuth' ? 'actions.finish' : 'actions.reconnect'))}
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
      {state === 'Linked' ? disconnect : null}
    </div>
  );
}

type ConnectionProblemProps = { connection: ConnectionSummary; brandName: string };

/** What a state means for the data, why it came to it and who can put it right. */
export function ConnectionProblem({ connection, brandName }: ConnectionProblemProps) {
  const t = useT('connections');
  const { platformName, problem, sourceType, stopped } = connection;
  const state = knownState(connection.state);
  if (state === 'Linked') return null;
  const values = { platform: platformName, brand: brandName };
  const why = sourceType === 'Banking' ? 'DeauthorizedWhyBanking' : 'DeauthorizedWhy';
  const isOnComputer = onComputer.includes(connection.platformKey ?? '');
  const fix = stopped?.why === 'overdue' && isOnComputer ? 'overdueOnComputer' : stopped?.why;
  const reported = stopped || state === 'Unlinked' ? null : problem?.message;
  return (
    <div className="space-y-1.5 text-[0.9375rem] text-ink-muted">
      <p>
        {state === 'PendingAuth' && hasFailed(connection)
          ? t('explain.PendingAuthFailed', values)
          : t(`explain.${state ?? 'unknown'}`, values)}
      </p>
      {stopped && fix ? (
        <>
          <p>{whyStopped(t, connection)}</p>
          <p>{t(`stopped.fix.${fix}`, values)}</p>
        </>
      ) : null}
      {state === 'Deauthorized' ? <p>{t(`explain.${why}`, values)}</p> : null}
      {reported && !isFiller(reported) ? (
        <p className="text-sm">{t('explain.reported', { message: reported })}</p>
      ) : null}
    </div>
  );
}

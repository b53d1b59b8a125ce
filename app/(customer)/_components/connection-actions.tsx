import Link from 'next/link';
import { useT } from '#i18n';
import { whyStopped } from '@/components/status/connection-status';
import { buttonStyle } from '@/components/ui/button';
import { capabilitiesOf } from '@/lib/connections/capabilities';
import {
  type ConnectionSummary,
  hasFailed,
  isFiller,
  knownState,
  onComputer,
  whoCanFix,
} from '@/lib/connections/types';
import { StartLinkForm } from './start-link-form';

/** The right things to do with a connection; names the platform for those who cannot see it. */
export function ConnectionActions({ connection }: { connection: ConnectionSummary }) {
  const t = useT('connections');
  const { id, companyId, platformName, state, stopped } = connection;
  const can = capabilitiesOf(connection, 'ready');
  const named = (text: string) => (
    <span>
      {text}
      <span className="sr-only"> {platformName}</span>
    </span>
  );
  const disconnect = can.disconnect ? (
    <Link
      href={`/connections/${id}/disconnect`}
      className={buttonStyle({ look: 'quiet', className: 'max-sm:flex-1' })}
    >
      {named(t('actions.disconnect'))}
    </Link>
  ) : null;

  if (can.passcode) {
    return (
      <Link
        href={`/connections/${id}#passcode`}
        className={buttonStyle({ look: 'primary', className: 'max-sm:w-full' })}
      >
        {named(t('actions.passcode'))}
      </Link>
    );
  }
  const use = can.manage || can.link === 'renew' ? null : can.link;
  if (use && stopped) {
    return (
      <div className="flex flex-wrap gap-x-2 gap-y-1 max-sm:w-full">
        <StartLinkForm
          companyId={companyId}
          connectionId={id}
          look={whoCanFix[stopped.why] === 'you' ? 'primary' : 'plain'}
          className="flex flex-col gap-3 max-sm:flex-1 sm:items-end"
          buttonClassName="max-sm:w-full"
        >
          {named(t(`actions.${use}`))}
        </StartLinkForm>
        {disconnect}
        <p className="w-full text-xs text-ink-faint max-sm:text-center">{t('actions.hint')}</p>
      </div>
    );
  }
  if (use) {
    return (
      <div className="flex flex-col gap-1 max-sm:w-full sm:items-end">
        <StartLinkForm
          companyId={companyId}
          connectionId={id}
          look={state === 'Unlinked' ? 'plain' : 'primary'}
          className="flex flex-col gap-3 sm:items-end"
          buttonClassName="max-sm:w-full"
        >
          {named(t(`actions.${use}`))}
        </StartLinkForm>
        <p className="text-xs text-ink-faint max-sm:text-center">{t('actions.hint')}</p>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap gap-2 empty:hidden max-sm:w-full">
      {can.manage ? (
        <StartLinkForm
          companyId={companyId}
          className="flex flex-col gap-3 max-sm:flex-1 sm:items-end"
          buttonClassName="max-sm:w-full"
        >
          {named(t('actions.manage'))}
        </StartLinkForm>
      ) : null}
      {disconnect}
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
  if (connection.way !== 'link' && !stopped) {
    return (
      <p className="text-[0.9375rem] text-ink-muted">{t(`explain.${connection.way}`, values)}</p>
    );
  }
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

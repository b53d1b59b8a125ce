import type { Route } from 'next';
import Link from 'next/link';
import { useT } from '#i18n';
import { StartLinkForm } from '@/app/(customer)/_components/start-link-form';
import { buttonStyle } from '@/components/ui/button';
import { capabilitiesOf } from '@/lib/connections/capabilities';
import { knownStatus } from '@/lib/connections/types';
import type { LinkOutcome } from '@/lib/linking/schemas';

const finished = ['connected', 'signedIn', 'unconfirmed', 'unchanged'] as const;

/** Retries go to the connection that was left open, so that no one starts over. */
function Retry({ outcome }: { outcome: LinkOutcome }) {
  const t = useT('connect');
  const { company, connection, kind } = outcome;
  const use = connection && capabilitiesOf(connection, company.setup).link;
  const open = use === 'finish' || use === 'reconnect' ? connection : null;
  const aimed = kind === 'unsupported' ? null : open;
  const text = () => {
    if (kind === 'unsupported') return t('done.chooseOther');
    if (!aimed) return t('done.retry');
    const values = { platform: aimed.platformName };
    return knownStatus(aimed.status) === 'PendingAuth'
      ? t('done.retryFinish', values)
      : t('done.retryReconnect', values);
  };
  return (
    <StartLinkForm
      companyId={company.id}
      connectionId={aimed?.id}
      look="primary"
      className="space-y-3 max-sm:w-full"
      buttonClassName="max-sm:w-full"
    >
      {text()}
    </StartLinkForm>
  );
}

type Props = { outcome: LinkOutcome; listHref: Route; connectHref: Route };

export function NextSteps({ outcome, listHref, connectHref }: Props) {
  const t = useT('connect');
  const done =
    finished.some((kind) => kind === outcome.kind) &&
    !(outcome.kind === 'unchanged' && outcome.linked.length === 0);
  return (
    <div className="flex flex-wrap gap-3">
      {done || outcome.company.setup !== 'ready' ? null : <Retry outcome={outcome} />}
      <Link
        href={listHref}
        className={buttonStyle({ look: done ? 'primary' : 'plain', className: 'max-sm:w-full' })}
      >
        {t('done.toConnections')}
      </Link>
      {outcome.kind === 'connected' ? (
        <Link href={connectHref} className={buttonStyle({ className: 'max-sm:w-full' })}>
          {t('done.another')}
        </Link>
      ) : null}
    </div>
  );
}

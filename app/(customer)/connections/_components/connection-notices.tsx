import { RefreshCw } from 'lucide-react';
import { useT } from '#i18n';
import { Time } from '@/components/time/time';
import { Notice, type Tone } from '@/components/ui/notice';
import type { CompanySetup } from '@/lib/companies/types';
import {
  type ConnectionSummary,
  type ConnectionsOverview,
  isBroken,
} from '@/lib/connections/types';

type Unready = Exclude<CompanySetup, 'ready'>;

const tones: Record<Unready, Tone> = { provisioning: 'wait', blocked: 'warn', deleted: 'bad' };

type Props = {
  company: ConnectionsOverview['company'];
  brandName: string;
  contact: string | null;
};

/** Why people can't connect anything yet, or any more. Nothing when setup is done. */
export function SetupNotice({ company, brandName, contact }: Props) {
  const t = useT('connections');
  const { setup } = company;
  if (setup === 'ready') return null;
  return (
    <div className="mb-6 space-y-3">
      <Notice tone={tones[setup]} title={t(`setup.${setup}Title`)}>
        <p>{t(`setup.${setup}Text`, { brand: brandName })}</p>
        {contact && setup !== 'provisioning' ? <p>{t('setup.help', { contact })}</p> : null}
      </Notice>
      {setup === 'provisioning' ? (
        <div aria-hidden="true" className="h-28 animate-pulse-soft rounded-xl bg-sunken" />
      ) : null}
    </div>
  );
}

type AttentionBannerProps = { connections: ConnectionSummary[]; brandName: string };

export function AttentionBanner({ connections, brandName }: AttentionBannerProps) {
  const t = useT('connections');
  const broken = connections.filter(isBroken);
  if (broken.length === 0) return null;
  const areStopped = broken.every(({ stopped }) => stopped);
  const title = areStopped
    ? 'stoppedTitle'
    : broken.some(({ stopped }) => stopped)
      ? 'mixedTitle'
      : 'title';
  return (
    <Notice tone="warn" title={t(`attention.${title}`, { count: broken.length })} className="mb-6">
      <p>{t(areStopped ? 'attention.stoppedText' : 'attention.text', { brand: brandName })}</p>
    </Notice>
  );
}

/** How old our knowledge is; loud when it is older than it should be. */
export function Freshness({ knownAt, stale }: { knownAt: string | null; stale: boolean }) {
  const t = useT('connections');
  if (stale) {
    return (
      <Notice tone="warn" title={t('stale.title')} className="mb-6">
        <p>
          {knownAt
            ? t.rich('stale.text', { time: () => <Time at={knownAt} as="relative" /> })
            : t('staleNever')}
        </p>
      </Notice>
    );
  }
  return (
    <p className="mb-3 flex items-center gap-1.5 text-sm text-ink-faint">
      <RefreshCw className="size-3.5" aria-hidden="true" />
      <span>
        {knownAt
          ? t.rich('checked', { time: () => <Time at={knownAt} as="relative" /> })
          : t('neverChecked')}
      </span>
    </p>
  );
}

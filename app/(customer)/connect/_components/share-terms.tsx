import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { sourceTypeText } from '@/app/(customer)/connections/_components/connection-facts';
import type { Brand } from '@/lib/brand';
import type { ConnectionSummary } from '@/lib/connections/types';

const categories = ['Accounting', 'Banking', 'Commerce'] as const;

function Term({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-8 gap-y-2 py-5 sm:grid-cols-[10rem_1fr]">
      <h2 className="font-semibold">{name}</h2>
      <div className="text-[0.9375rem] text-ink-muted">{children}</div>
    </section>
  );
}

function Shares({ target }: { target: ConnectionSummary | null }) {
  const t = useT('connect');
  const connectionsText = useT('connections');
  if (target) {
    const kind = categories.find((category) => category === target.sourceType) ?? 'Other';
    return (
      <>
        <p>{t('shareLeadTarget', { platform: target.platformName })}</p>
        <p className="mt-1 text-ink">{t(`shares.${kind}`)}.</p>
      </>
    );
  }
  return (
    <>
      <p>{t('shareLead')}</p>
      <ul className="mt-2 space-y-2">
        {categories.map((category) => (
          <li key={category}>
            <strong className="font-medium text-ink">
              {sourceTypeText(connectionsText, category)}:
            </strong>{' '}
            {t(`shares.${category}`)}
          </li>
        ))}
      </ul>
    </>
  );
}

type Props = { target: ConnectionSummary | null; brandName: string };

/** What, why, how long, and how to end it. */
export function ShareTerms({ target, brandName }: Props) {
  const t = useT('connect');
  const values = { brand: brandName };
  return (
    <>
      <Term name={t('share')}>
        <Shares target={target} />
      </Term>
      <Term name={t('why')}>{t('whyText', values)}</Term>
      <Term name={t('howLong')}>{t('howLongText')}</Term>
      <Term name={t('stop')}>{t('stopText', values)}</Term>
    </>
  );
}

type LeaveNoticeProps = { target: ConnectionSummary | null; brand: Brand };

/** Warns that the next page is another website, so that codat.io is no surprise. */
export function LeaveNotice({ target, brand }: LeaveNoticeProps) {
  const t = useT('connect');
  const host = (text: ReactNode) => (
    <strong className="font-semibold whitespace-nowrap text-ink">{text}</strong>
  );
  return (
    <section className="flex gap-4 rounded-xl border border-accent-line/30 bg-accent-soft p-5 sm:px-7">
      <ExternalLink className="mt-0.5 size-5 shrink-0 text-accent-text" aria-hidden="true" />
      <div className="min-w-0 space-y-1.5 text-[0.9375rem] text-ink-muted">
        <h2 className="font-semibold text-ink">{t('leave')}</h2>
        <p>
          {target
            ? t.rich('leaveTextTarget', {
                host,
                brand: brand.name,
                platform: target.platformName,
              })
            : t.rich('leaveText', { host, brand: brand.name })}
        </p>
        <p>{brand.demo ? t('leaveDemo') : t('leaveCheck')}</p>
        <p>{t('leaveAgain')}</p>
      </div>
    </section>
  );
}

import type { ReactNode } from 'react';
import { sourceTypeText } from '@/app/(customer)/connections/_components/connection-facts';
import type { ConnectionSummary } from '@/lib/connections/schemas';
import { t } from '@/messages/connect';

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
            <strong className="font-medium text-ink">{sourceTypeText(category)}:</strong>{' '}
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

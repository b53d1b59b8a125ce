import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Brand } from '@/lib/brand';
import type { ConnectionSummary } from '@/lib/connections/schemas';
import { t } from '@/messages/connect';

type Props = { target: ConnectionSummary | null; brand: Brand };

/** Warns that the next page is another website, so that codat.io surprises nobody. */
export function LeaveNotice({ target, brand }: Props) {
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

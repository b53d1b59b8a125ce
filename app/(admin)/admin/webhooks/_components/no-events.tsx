import Link from 'next/link';
import { buttonStyle } from '@/components/ui/button';
import { t } from '@/messages/webhooks';

/** Tells a portal that never had a delivery apart from filters that found none. */
export function NoEvents({ filtered }: { filtered: boolean }) {
  return (
    <div className="rounded-xl border border-dashed border-line-strong/60 px-6 py-14 text-center">
      <h2 className="text-lg font-semibold">{t(filtered ? 'empty.noneTitle' : 'empty.title')}</h2>
      <p className="mx-auto mt-2 max-w-lg text-[0.9375rem] text-ink-muted">
        {t(filtered ? 'empty.noneText' : 'empty.text')}
      </p>
      {filtered ? (
        <Link href="/admin/webhooks" className={buttonStyle({ size: 'small', className: 'mt-5' })}>
          {t('empty.noneAction')}
        </Link>
      ) : null}
    </div>
  );
}

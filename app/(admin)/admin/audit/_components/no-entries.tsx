import Link from 'next/link';
import { buttonStyle } from '@/components/ui/button';
import { t } from '@/messages/audit';

/** Tells an empty log apart from filters that found nothing. */
export function NoEntries({ filtered }: { filtered: boolean }) {
  return (
    <div className="rounded-xl border border-dashed border-line-strong/60 px-6 py-14 text-center">
      <h2 className="text-lg font-semibold">{t(filtered ? 'empty.noneTitle' : 'empty.title')}</h2>
      <p className="mx-auto mt-2 max-w-md text-[0.9375rem] text-ink-muted">
        {t(filtered ? 'empty.noneText' : 'empty.text')}
      </p>
      {filtered ? (
        <Link href="/admin/audit" className={buttonStyle({ size: 'small', className: 'mt-5' })}>
          {t('empty.noneAction')}
        </Link>
      ) : null}
    </div>
  );
}

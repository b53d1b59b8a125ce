import Link from 'next/link';
import { buttonStyle } from '@/components/ui/button';
import { translator } from '@/messages/translator';

const t = translator('admin');

/** Tells an empty portal apart from a search that found nothing. */
export function NoCompanies({ filtered }: { filtered: boolean }) {
  return (
    <div className="rounded-xl border border-dashed border-line-strong/60 px-6 py-14 text-center">
      <h2 className="text-lg font-semibold">
        {t(filtered ? 'companies.noneTitle' : 'companies.emptyTitle')}
      </h2>
      <p className="mx-auto mt-2 max-w-md text-[0.9375rem] text-ink-muted">
        {t(filtered ? 'companies.noneText' : 'companies.emptyText')}
      </p>
      {filtered ? (
        <Link href="/admin/companies" className={buttonStyle({ size: 'small', className: 'mt-5' })}>
          {t('companies.noneAction')}
        </Link>
      ) : null}
    </div>
  );
}

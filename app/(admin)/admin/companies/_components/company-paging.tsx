import { ArrowLeft, ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { buttonStyle } from '@/components/ui/button';
import type { CompanyListInput, CompanyListPage } from '@/lib/companies/schemas';
import { translator } from '@/messages/translator';
import { listHref } from './list-href';

const t = translator('admin');

type Props = Pick<CompanyListPage, 'after' | 'before'> & { input: CompanyListInput };

export function CompanyPaging({ input, after, before }: Props) {
  if (!after && !before) return null;
  const { q, status } = input;
  return (
    <nav aria-label={t('companies.paging')} className="mt-4 flex justify-between gap-3">
      {before ? (
        <Link
          href={listHref({ q, status, before })}
          rel="prev"
          className={buttonStyle({ size: 'small' })}
        >
          <ArrowLeft className="size-4" aria-hidden="true" />
          {t('companies.newer')}
        </Link>
      ) : (
        <span />
      )}
      {after ? (
        <Link
          href={listHref({ q, status, after })}
          rel="next"
          className={buttonStyle({ size: 'small' })}
        >
          {t('companies.older')}
          <ArrowRight className="size-4" aria-hidden="true" />
        </Link>
      ) : null}
    </nav>
  );
}

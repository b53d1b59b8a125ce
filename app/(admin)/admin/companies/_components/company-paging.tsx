import { ArrowLeft, ArrowLeftToLine, ArrowRight, ArrowRightToLine } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonStyle } from '@/components/ui/button';
import {
  type CompanyListInput,
  type CompanyListPage,
  endOfList,
} from '@/lib/companies/list/schemas';
import { t } from '@/messages/admin-companies';
import { listHref } from './list-href';

function PageLink({ href, rel, children }: { href: string; rel?: string; children: ReactNode }) {
  return (
    <Link href={href} rel={rel} prefetch={false} className={buttonStyle({ size: 'small' })}>
      {children}
    </Link>
  );
}

type Props = Pick<CompanyListPage, 'after' | 'before'> & { input: CompanyListInput };

export function CompanyPaging({ input, after, before }: Props) {
  if (!after && !before) return null;
  return (
    <nav aria-label={t('paging.label')} className="mt-4 flex flex-wrap justify-between gap-2">
      <div className="flex gap-2">
        {before ? (
          <>
            <PageLink href={listHref(input)}>
              <ArrowLeftToLine className="size-4" aria-hidden="true" />
              <span className="max-sm:sr-only">{t('paging.first')}</span>
            </PageLink>
            <PageLink href={listHref(input, { before })} rel="prev">
              <ArrowLeft className="size-4" aria-hidden="true" />
              {t('paging.previous')}
            </PageLink>
          </>
        ) : null}
      </div>
      <div className="flex gap-2">
        {after ? (
          <>
            <PageLink href={listHref(input, { after })} rel="next">
              {t('paging.next')}
              <ArrowRight className="size-4" aria-hidden="true" />
            </PageLink>
            <PageLink href={listHref(input, { before: endOfList })}>
              <span className="max-sm:sr-only">{t('paging.last')}</span>
              <ArrowRightToLine className="size-4" aria-hidden="true" />
            </PageLink>
          </>
        ) : null}
      </div>
    </nav>
  );
}

import { Download, Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { useT } from '#i18n';
import { ListPaging } from '@/app/(admin)/admin/_components/list-paging';
import { firstPage, hrefOf } from '@/components/href';
import { LiveRefresh } from '@/components/live/live-refresh';
import { buttonStyle } from '@/components/ui/button';
import { can } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/session';
import { listPlatforms } from '@/lib/codat/platforms/list-platforms';
import { countKinds, countOfKind } from '@/lib/companies/list/count-kinds';
import { listCompanies } from '@/lib/companies/list/list-companies';
import {
  type CappedCount,
  type CompanyListInput,
  companyListSchema,
  endOfList,
} from '@/lib/companies/list/schemas';
import { withZone } from '@/lib/web/reader-zone';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import type { T } from '@/messages/translator';
import { ActiveFilters } from './_components/active-filters';
import { companiesHref, plainList } from './_components/companies-href';
import { CompanyFilters } from './_components/company-filters';
import { CompanySearch } from './_components/company-search';
import { CompanyTable } from './_components/company-table';
import { KindTabs } from './_components/kind-tabs';
import { NoCompanies } from './_components/no-companies';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('adminCompanies');
  return { title: t('title') };
}

export default async function CompaniesPage({ searchParams }: PageProps<'/admin/companies'>) {
  const t = await getT('adminCompanies');
  const { input, zone } = await withZone(companyListSchema.parse(await searchParams));
  const actor = await requireOperator(hrefOf('/admin/companies', input, plainList));
  const [{ rows, after, before, total }, counts, platforms] = await Promise.all([
    listCompanies(actor, input),
    countKinds(actor),
    listPlatforms(actor),
  ]);
  return (
    <GiveTexts areas={['adminCompanies']}>
      <LiveRefresh throttleMs={2_000} />
      <h1 className="text-2xl font-semibold">{t('title')}</h1>
      <p className="mt-1 mb-6 text-[0.9375rem] text-ink-muted">{t('lead')}</p>
      <KindTabs input={input} counts={counts} />
      <div className="relative mb-4 flex flex-wrap items-start gap-2">
        <CompanySearch input={input} />
        <CompanyFilters input={input} zone={zone} platforms={platforms} />
        {can(actor, 'export:read') && rows.length > 0 ? <ExportLink input={input} /> : null}
        {can(actor, 'companies:write') ? <NewCompanyLink /> : null}
      </div>
      <div className="mb-3 flex min-h-8 flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p role="status" className="text-sm text-ink-muted tabular-nums">
          {totalText(t, countOfKind(counts, input) ?? total)}
        </p>
        <ActiveFilters input={input} platforms={platforms} />
      </div>
      {rows.length > 0 ? (
        <>
          <CompanyTable input={input} rows={rows} />
          <ListPaging
            before={before}
            after={after}
            end={endOfList}
            hrefAt={(place) => companiesHref(input, place)}
            texts={{
              label: t('paging.label'),
              first: t('paging.first'),
              before: t('paging.previous'),
              after: t('paging.next'),
              last: t('paging.last'),
            }}
          />
        </>
      ) : (
        <NoCompanies input={input} />
      )}
    </GiveTexts>
  );
}

function ExportLink({ input }: { input: CompanyListInput }) {
  const t = useT('adminCompanies');
  return (
    <a
      href={hrefOf('/admin/companies/export', firstPage(input), plainList)}
      download
      title={t('export.hint')}
      className={buttonStyle({ size: 'small', className: 'min-h-10' })}
    >
      <Download className="size-4" aria-hidden="true" />
      {t('export.action')}
    </a>
  );
}

function NewCompanyLink() {
  const company = useT('adminCompany');
  return (
    <Link
      href="/admin/companies/new"
      className={buttonStyle({ size: 'small', className: 'min-h-10' })}
    >
      <Plus className="size-4" aria-hidden="true" />
      {company('new.title')}
    </Link>
  );
}

function totalText(t: T<'adminCompanies'>, { count, isMore }: CappedCount): string {
  return isMore ? t('totalCapped', { count }) : t('total', { count });
}

import type { Metadata } from 'next';
import { LiveRefresh } from '@/components/live/live-refresh';
import { requireOperator } from '@/lib/auth/session';
import { listCompanies } from '@/lib/companies/list-companies';
import { companyListSchema } from '@/lib/companies/schemas';
import { translator } from '@/messages/translator';
import { AttentionFilter } from './_components/attention-filter';
import { CompanyPaging } from './_components/company-paging';
import { CompanySearch } from './_components/company-search';
import { CompanyTable } from './_components/company-table';
import { listHref } from './_components/list-href';
import { NoCompanies } from './_components/no-companies';

const t = translator('admin');

export const metadata: Metadata = { title: t('companies.title') };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function CompaniesPage({ searchParams }: Props) {
  const input = companyListSchema.parse(await searchParams);
  const actor = await requireOperator(listHref(input));
  const { rows, after, before, counts } = await listCompanies(actor, input);
  return (
    <>
      <LiveRefresh throttleMs={2_000} />
      <div className="mb-6 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div>
          <h1 className="text-2xl font-semibold">{t('companies.title')}</h1>
          <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('companies.lead')}</p>
        </div>
        <CompanySearch input={input} />
      </div>
      <AttentionFilter input={input} counts={counts} />
      {rows.length > 0 ? (
        <>
          <CompanyTable rows={rows} />
          <CompanyPaging input={input} after={after} before={before} />
        </>
      ) : (
        <NoCompanies filtered={input.q !== '' || input.status !== undefined} />
      )}
    </>
  );
}

import type { CompanyListInput, CompanyListRow } from '@/lib/companies/list/schemas';
import { t } from '@/messages/admin-companies';
import { CompanyRow } from './company-row';
import { SortHead } from './sort-head';

type Props = { input: CompanyListInput; rows: CompanyListRow[] };

/** A table on a desk, a stack of cards on a phone: the same markup, laid out by CSS. */
export function CompanyTable({ input, rows }: Props) {
  return (
    <div className="rounded-xl border border-line bg-surface shadow-lift">
      <table className="w-full text-sm max-xl:block" aria-label={t('table.label')}>
        <SortHead input={input} />
        <tbody className="divide-y divide-line max-xl:block">
          {rows.map((row) => (
            <CompanyRow key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

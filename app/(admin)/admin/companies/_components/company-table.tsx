import type { CompanyListRow } from '@/lib/companies/schemas';
import { translator } from '@/messages/translator';
import { CompanyRow } from './company-row';

const t = translator('admin');

const columns = ['company', 'state', 'connections', 'owner', 'created', 'checked'] as const;

/** A table on a desk, a stack of cards on a phone: the same markup, laid out by CSS. */
export function CompanyTable({ rows }: { rows: CompanyListRow[] }) {
  return (
    <div className="rounded-xl border border-line bg-surface shadow-lift">
      <table className="w-full text-sm max-lg:block" aria-label={t('companies.tableLabel')}>
        <thead className="max-lg:sr-only">
          <tr className="border-b border-line text-left text-xs text-ink-faint">
            {columns.map((column) => (
              <th key={column} scope="col" className="px-4 py-2.5 font-medium">
                {t(`companies.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line max-lg:block">
          {rows.map((row) => (
            <CompanyRow key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

import { cn } from '@/components/ui/cn';
import type { AuditEntry } from '@/lib/audit/log/schemas';
import { t } from '@/messages/audit';
import { AuditRow } from './audit-row';

const columns = {
  what: 'lg:w-[40%]',
  who: 'lg:w-[21%]',
  company: 'lg:w-[21%]',
  when: 'lg:w-[18%]',
} as const;
const columnNames = Object.keys(columns) as (keyof typeof columns)[];

/** A table on a desk, a stack of cards on a phone: the same markup, laid out by CSS. */
export function AuditTable({ rows }: { rows: AuditEntry[] }) {
  return (
    <div className="rounded-xl border border-line bg-surface shadow-lift">
      <table className="w-full table-fixed text-sm max-lg:block" aria-label={t('label')}>
        <thead className="max-lg:sr-only">
          <tr className="border-b border-line text-left text-xs text-ink-faint">
            {columnNames.map((column) => (
              <th
                key={column}
                scope="col"
                className={cn('px-4 py-2.5 font-medium', columns[column])}
              >
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line max-lg:block">
          {rows.map((row) => (
            <AuditRow key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

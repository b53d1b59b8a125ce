import { cn } from '@/components/ui/cn';
import type { EventRow as Row } from '@/lib/webhooks/room/schemas';
import { t } from '@/messages/webhooks';
import { EventRow } from './event-row';

const columns = {
  event: 'lg:w-[23%]',
  company: 'lg:w-[17%]',
  result: 'lg:w-[17%]',
  received: 'lg:w-[17%]',
  processed: 'lg:w-[15%]',
  tries: 'lg:w-[4%] lg:px-2',
  deliveries: 'lg:w-[7%] lg:px-2',
} as const;
const columnNames = Object.keys(columns) as (keyof typeof columns)[];

type Props = {
  rows: Row[];
  label: string;
  /** Whether rows can be ticked, within a form. */
  selectable?: boolean;
};

/** A table on a desk, a stack of cards on a phone: the same markup, laid out by CSS. */
export function EventTable({ rows, label, selectable = false }: Props) {
  return (
    <div className="rounded-xl border border-line bg-surface shadow-lift">
      <table className="w-full table-fixed text-sm max-lg:block" aria-label={label}>
        <thead className="max-lg:sr-only">
          <tr className="border-b border-line text-left text-xs text-ink-faint">
            {columnNames.map((column) => (
              <th
                key={column}
                scope="col"
                className={cn('px-4 py-2.5 font-medium', columns[column])}
              >
                {t(`list.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line max-lg:block">
          {rows.map((row) => (
            <EventRow key={row.id} row={row} selectable={selectable} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

import { useT } from '#i18n';
import { ListTable } from '@/app/(admin)/admin/_components/list-table';
import type { EventRow as Row } from '@/lib/webhooks/room/schemas';
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

export function EventTable({ rows, label, selectable = false }: Props) {
  const t = useT('webhooks');
  return (
    <ListTable
      label={label}
      columns={columnNames.map((key) => ({
        key,
        text: t(`list.${key}`),
        className: columns[key],
      }))}
    >
      {rows.map((row) => (
        <EventRow key={row.id} row={row} selectable={selectable} />
      ))}
    </ListTable>
  );
}

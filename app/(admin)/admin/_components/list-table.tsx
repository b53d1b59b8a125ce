import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

type Column = { key: string; text: string; className?: string };

type TableProps = {
  label: string;
  children: ReactNode;
  /** The names of the columns; the table is as wide as these say where they have a class. */
  columns?: Column[];
  /** A head of its own instead. */
  head?: ReactNode;
  /** Has so many columns that it becomes cards below `xl`, not only below `lg`. */
  wide?: boolean;
};

/** A table on a desk, a stack of cards on a phone: the same markup, laid out by CSS. */
export function ListTable({ label, children, columns = [], head, wide = false }: TableProps) {
  const isFixed = columns.some(({ className }) => className);
  return (
    <div className="rounded-xl border border-line bg-surface shadow-lift">
      <table
        aria-label={label}
        className={cn(
          'w-full text-sm',
          wide ? 'max-xl:block' : 'max-lg:block',
          isFixed && 'table-fixed',
        )}
      >
        {head ?? (
          <thead className="max-lg:sr-only">
            <tr className="border-b border-line text-start text-xs text-ink-faint">
              {columns.map(({ key, text, className }) => (
                <th key={key} scope="col" className={cn('px-4 py-2.5 font-medium', className)}>
                  {text}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody className={cn('divide-y divide-line', wide ? 'max-xl:block' : 'max-lg:block')}>
          {children}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = { head: ReactNode; children: ReactNode; wide?: boolean; className?: string };

export function ListRow({ head, children, wide = false, className }: RowProps) {
  return (
    <tr
      className={cn(
        'hover:bg-sunken/60',
        wide
          ? 'max-xl:grid max-xl:grid-cols-2 max-xl:gap-x-6 max-xl:gap-y-1.5 max-xl:p-4'
          : 'max-lg:grid max-lg:grid-cols-2 max-lg:gap-x-6 max-lg:gap-y-1.5 max-lg:p-4',
      )}
    >
      <th
        scope="row"
        className={cn(
          'px-4 py-3 text-start align-top font-medium',
          wide
            ? 'max-xl:col-span-full max-xl:p-0 max-xl:text-base xl:max-w-72'
            : 'max-lg:col-span-full max-lg:p-0 max-lg:text-base lg:max-w-72',
          className,
        )}
      >
        {head}
      </th>
      {children}
    </tr>
  );
}

type CellProps = {
  label: string;
  children: ReactNode;
  wide?: boolean;
  /** Shares its line with another on a phone. */
  short?: boolean;
};

/** A cell of a table on a desk; a line with its label on a phone. */
export function ListCell({ label, children, wide = false, short = false }: CellProps) {
  return (
    <td
      className={cn(
        'px-4 py-3 align-top',
        wide ? 'max-xl:flex max-xl:gap-3 max-xl:p-0' : 'max-lg:flex max-lg:gap-3 max-lg:p-0',
        short ? 'lg:px-2' : 'max-sm:col-span-full',
      )}
    >
      <span
        aria-hidden="true"
        className={cn(
          'shrink-0 text-ink-faint',
          short ? 'w-20' : 'w-24',
          wide ? 'xl:hidden' : 'lg:hidden',
        )}
      >
        {label}
      </span>
      <div className="min-w-0 flex-1 wrap-anywhere">{children}</div>
    </td>
  );
}

import type { ReactNode } from 'react';

type Props = { label: string; columns: { key: string; text: string }[]; children: ReactNode };

/** A table on a desk, a stack of cards on a phone: the same markup, laid out by CSS. */
export function ListTable({ label, columns, children }: Props) {
  return (
    <div className="rounded-xl border border-line bg-surface shadow-lift">
      <table className="w-full text-sm max-lg:block" aria-label={label}>
        <thead className="max-lg:sr-only">
          <tr className="border-b border-line text-left text-xs text-ink-faint">
            {columns.map(({ key, text }) => (
              <th key={key} scope="col" className="px-4 py-2.5 font-medium">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line max-lg:block">{children}</tbody>
      </table>
    </div>
  );
}

const row =
  'hover:bg-sunken/60 max-lg:grid max-lg:grid-cols-1 max-lg:gap-x-6 max-lg:gap-y-1.5 max-lg:p-4 sm:max-lg:grid-cols-2';

export function ListRow({ head, children }: { head: ReactNode; children: ReactNode }) {
  return (
    <tr className={row}>
      <th
        scope="row"
        className="px-4 py-3 text-left align-top font-medium max-lg:col-span-full max-lg:p-0 max-lg:text-base lg:max-w-72"
      >
        {head}
      </th>
      {children}
    </tr>
  );
}

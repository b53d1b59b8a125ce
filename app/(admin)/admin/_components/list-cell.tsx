import type { ReactNode } from 'react';

/** A cell of a table on a desk; a line with its label on a phone. */
export function ListCell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <td className="px-4 py-3 align-top max-lg:flex max-lg:gap-3 max-lg:p-0">
      <span aria-hidden="true" className="w-24 shrink-0 text-ink-faint lg:hidden">
        {label}
      </span>
      <div className="min-w-0 wrap-anywhere">{children}</div>
    </td>
  );
}

import type { ReactNode } from 'react';

type Props = { name: string; children: ReactNode };

/** A box to tick, as large as its text. */
export function CheckField({ name, children }: Props) {
  return (
    <label className="flex gap-3 rounded-lg border border-line p-3.5 text-[0.9375rem] hover:border-line-strong">
      <input
        id={name}
        type="checkbox"
        name={name}
        value="yes"
        required
        className="mt-0.5 size-5 shrink-0 accent-(--accent)"
      />
      <span className="min-w-0">{children}</span>
    </label>
  );
}

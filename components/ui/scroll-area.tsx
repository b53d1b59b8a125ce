import type { ReactNode } from 'react';

type Props = { label: string; className: string; children: ReactNode };

/** A named part of a page that scrolls independently, also with the keyboard. `className` says which way. */
export function ScrollArea({ label, className, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it Safari's keyboard cannot scroll.
    <section aria-label={label} tabIndex={0} className={className}>
      {children}
    </section>
  );
}

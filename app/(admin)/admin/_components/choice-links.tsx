import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

export type Choice = {
  key: string;
  href: Route;
  current: boolean;
  text: ReactNode;
  /** How many there are of it. */
  count?: string;
};

type Props = {
  label: string;
  choices: Choice[];
  /** Stays one line on a phone, and is pushed sideways. */
  slides?: boolean;
};

/** Filters of which one is chosen at a time, as links. */
export function ChoiceLinks({ label, choices, slides = false }: Props) {
  return (
    <nav
      aria-label={label}
      className={cn(slides && 'max-sm:-mx-4 max-sm:overflow-x-auto max-sm:px-4 max-sm:py-1')}
    >
      <ul className={cn('flex gap-2', slides ? 'sm:flex-wrap' : 'flex-wrap')}>
        {choices.map(({ key, href, current, text, count }) => (
          <li key={key}>
            <Link
              href={href}
              prefetch={false}
              scroll={false}
              aria-current={current ? 'true' : undefined}
              className="inline-flex min-h-9 items-center gap-2 rounded-full border border-line bg-surface px-3 text-sm whitespace-nowrap hover:border-line-strong aria-[current]:border-ink aria-[current]:bg-sunken"
            >
              {text}
              {count === undefined ? null : (
                <span className="text-ink-muted tabular-nums">{count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

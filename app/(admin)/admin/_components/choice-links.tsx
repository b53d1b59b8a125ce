import Link from 'next/link';
import type { ReactNode } from 'react';

export type Choice = { key: string; href: string; current: boolean; text: ReactNode };

const chip =
  'inline-flex min-h-9 items-center gap-2 rounded-full border border-line bg-surface px-3 text-sm whitespace-nowrap hover:border-line-strong aria-[current]:border-ink aria-[current]:bg-sunken';

/** Filters of which one is chosen at a time, as links. */
export function ChoiceLinks({ label, choices }: { label: string; choices: Choice[] }) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-2">
        {choices.map(({ key, href, current, text }) => (
          <li key={key}>
            <Link
              href={href}
              prefetch={false}
              scroll={false}
              aria-current={current ? 'true' : undefined}
              className={chip}
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

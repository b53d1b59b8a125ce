'use client';

import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

type Props = {
  href: Route;
  /** Whether pages below it are in it too. */
  exact?: boolean;
  /** Further pages that are in it, with all below them. */
  also?: readonly string[];
  children: ReactNode;
};

export function NavLink({ href, exact = false, also = [], children }: Props) {
  const path = usePathname();
  const [target] = href.split('?');
  const here = path === target;
  const inside =
    (!exact && path.startsWith(`${target}/`)) ||
    also.some((page) => path === page || path.startsWith(`${page}/`));
  return (
    <Link
      href={href}
      aria-current={here ? 'page' : inside ? 'true' : undefined}
      className="inline-flex min-h-10 items-center gap-2 rounded-lg px-3 text-[0.9375rem] font-medium text-ink-muted hover:bg-sunken hover:text-ink aria-[current]:bg-sunken aria-[current]:text-ink"
    >
      {children}
    </Link>
  );
}

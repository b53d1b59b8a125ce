'use client';

import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { type ReactNode, useTransition } from 'react';
import { hrefOf } from '@/components/href';

type Props = {
  path: Route;
  /** Whether the disclosure around it closes once it is sent. */
  closes?: boolean;
  className?: string;
  children: ReactNode;
};

/**
 * A form whose fields are what a list is to show. With scripts the page stays, and what was left
 * empty stays out of the address.
 */
export function ListForm({ path, closes = false, className, children }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  return (
    <form
      action={path}
      aria-busy={isPending}
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const asked = Object.fromEntries(new FormData(form)) as Record<string, string>;
        const disclosure = closes ? form.closest('details') : null;
        disclosure?.removeAttribute('open');
        disclosure?.querySelector('summary')?.focus();
        startTransition(() => router.push(hrefOf(path, asked), { scroll: false }));
      }}
    >
      {children}
    </form>
  );
}

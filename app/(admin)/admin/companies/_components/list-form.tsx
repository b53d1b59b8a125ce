'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useTransition } from 'react';
import { listHref } from './list-href';

type Props = { className?: string; children: ReactNode };

/**
 * A form whose fields are what the list is to show. With scripts the page stays, and what was left
 * empty stays out of the address.
 */
export function ListForm({ className, children }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  return (
    <form
      action="/admin/companies"
      aria-busy={isPending}
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const asked = Object.fromEntries(new FormData(form)) as Record<string, string>;
        const disclosure = form.closest('details');
        disclosure?.removeAttribute('open');
        disclosure?.querySelector('summary')?.focus();
        startTransition(() => router.push(listHref(asked), { scroll: false }));
      }}
    >
      {children}
    </form>
  );
}

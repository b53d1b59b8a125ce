import { ArrowLeft } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';

type Props<T extends string> = {
  title: ReactNode;
  lead?: ReactNode;
  back?: { href: Route<T>; text: string };
  action?: ReactNode;
};

export function PageTitle<T extends string>({ title, lead, back, action }: Props<T>) {
  return (
    <div className="mb-8">
      {back ? (
        <Link
          href={back.href}
          className="-ms-2 mb-3 inline-flex min-h-10 items-center gap-1.5 rounded-lg px-2 text-[0.9375rem] text-ink-muted hover:text-ink"
        >
          <ArrowLeft className="size-4 rtl:-scale-x-100" aria-hidden="true" />
          {back.text}
        </Link>
      ) : null}
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-5">
        <div className="min-w-0 flex-[1_1_20rem]">
          <h1 className="text-3xl font-semibold">{title}</h1>
          {lead ? <p className="mt-2 max-w-2xl text-ink-muted">{lead}</p> : null}
        </div>
        {action}
      </div>
    </div>
  );
}

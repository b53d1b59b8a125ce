import { ArrowLeft } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';

type BackProps<T extends string> = { href: Route<T>; children: ReactNode };

/** The way back to where a page belongs. */
export function BackLink<T extends string>({ href, children }: BackProps<T>) {
  return (
    <Link
      href={href}
      className="-ms-2 inline-flex min-h-9 max-w-full items-center gap-1.5 rounded-lg px-2 text-sm text-ink-muted hover:text-ink"
    >
      <ArrowLeft className="size-4 shrink-0 rtl:-scale-x-100" aria-hidden="true" />
      <span className="truncate">{children}</span>
    </Link>
  );
}

type HeadProps = { title: string; lead: string; back: string };

/** The head of a list that the overview leads to. */
export function ListHead({ title, lead, back }: HeadProps) {
  return (
    <div className="mb-6">
      <BackLink href="/admin">{back}</BackLink>
      <h1 className="mt-1 text-2xl font-semibold">{title}</h1>
      <p className="mt-1 max-w-3xl text-[0.9375rem] text-ink-muted">{lead}</p>
    </div>
  );
}

type ActionProps<T extends string> = {
  back: { href: Route<T>; text: string };
  title: string;
  lead?: ReactNode;
  children: ReactNode;
};

/** A page for one thing that staff do: where it belongs, what it is, and the form. */
export function ActionPage<T extends string>({ back, title, lead, children }: ActionProps<T>) {
  return (
    <div className="mx-auto max-w-2xl">
      <BackLink href={back.href}>{back.text}</BackLink>
      <h1 className="mt-1 text-2xl font-semibold">{title}</h1>
      {lead ? <p className="mt-2 text-ink-muted">{lead}</p> : null}
      <div className="mt-6">{children}</div>
    </div>
  );
}

import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

type Props = {
  back: { href: string; text: string };
  title: string;
  lead?: ReactNode;
  children: ReactNode;
};

/** A page for one thing that staff do: where it belongs, what it is, and the form. */
export function ActionPage({ back, title, lead, children }: Props) {
  return (
    <div className="mx-auto max-w-2xl">
      <Link
        href={back.href}
        className="-ml-2 inline-flex min-h-9 max-w-full items-center gap-1.5 rounded-lg px-2 text-sm text-ink-muted hover:text-ink"
      >
        <ArrowLeft className="size-4 shrink-0" aria-hidden="true" />
        <span className="truncate">{back.text}</span>
      </Link>
      <h1 className="mt-1 text-2xl font-semibold">{title}</h1>
      {lead ? <p className="mt-2 text-ink-muted">{lead}</p> : null}
      <div className="mt-6">{children}</div>
    </div>
  );
}

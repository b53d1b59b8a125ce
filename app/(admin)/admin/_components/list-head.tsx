import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';

type Props = { title: string; lead: string; back: string };

/** The head of a list that the overview leads to. */
export function ListHead({ title, lead, back }: Props) {
  return (
    <div className="mb-6">
      <Link
        href="/admin"
        className="-ml-2 inline-flex min-h-9 items-center gap-1.5 rounded-lg px-2 text-sm text-ink-muted hover:text-ink"
      >
        <ArrowLeft className="size-4" aria-hidden="true" />
        {back}
      </Link>
      <h1 className="mt-1 text-2xl font-semibold">{title}</h1>
      <p className="mt-1 max-w-3xl text-[0.9375rem] text-ink-muted">{lead}</p>
    </div>
  );
}

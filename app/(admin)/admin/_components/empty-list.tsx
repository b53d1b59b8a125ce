import type { Route } from 'next';
import Link from 'next/link';
import { buttonStyle } from '@/components/ui/button';

type Props = { title: string; text: string; action?: { href: Route; text: string } | undefined };

/** What stands where a list would, while there is nothing to list. */
export function EmptyList({ title, text, action }: Props) {
  return (
    <div className="rounded-xl border border-dashed border-line-strong/60 px-6 py-14 text-center">
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="mx-auto mt-2 max-w-md text-[0.9375rem] text-ink-muted">{text}</p>
      {action ? (
        <Link href={action.href} className={buttonStyle({ size: 'small', className: 'mt-5' })}>
          {action.text}
        </Link>
      ) : null}
    </div>
  );
}

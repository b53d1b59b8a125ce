import { type ReactNode, useId } from 'react';
import { Card } from '@/components/ui/card';

type Props = {
  title: string;
  /** Beside the title. */
  aside?: ReactNode;
  /** Where a link leads to. */
  id?: string;
  /** Its content reaches to the edges and brings its own padding. */
  flush?: boolean;
  children: ReactNode;
};

/** One part of a page under its own heading. */
export function Panel({ title, aside, id, flush = false, children }: Props) {
  const titleId = useId();
  return (
    <Card id={id} className="min-w-0">
      <section aria-labelledby={titleId}>
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 pt-4 pb-3 sm:px-5">
          <h2 id={titleId} className="text-[0.9375rem] font-semibold">
            {title}
          </h2>
          {aside ? <div className="text-sm text-ink-muted">{aside}</div> : null}
        </div>
        {flush ? children : <div className="px-4 pb-4 text-sm sm:px-5 sm:pb-5">{children}</div>}
      </section>
    </Card>
  );
}

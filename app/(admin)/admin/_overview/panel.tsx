import { type ReactNode, useId } from 'react';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';

type Props = { title: string; aside?: ReactNode; className?: string; children: ReactNode };

/** One part of the overview under its own heading. */
export function Panel({ title, aside, className, children }: Props) {
  const id = useId();
  return (
    <Card className={cn('min-w-0', className)}>
      <section aria-labelledby={id}>
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 pt-4 pb-3 sm:px-5">
          <h2 id={id} className="text-[0.9375rem] font-semibold">
            {title}
          </h2>
          {aside ? <div className="text-sm text-ink-muted">{aside}</div> : null}
        </div>
        {children}
      </section>
    </Card>
  );
}

import { ListFilter } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button, buttonStyle } from '@/components/ui/button';

type Props = {
  /** Where the form leads, without a query. */
  path: string;
  /** What stands in the URL besides the fields, such as the state that a chip has set. */
  kept: Record<string, string | undefined>;
  texts: { open: string; apply: string; clear: string };
  /** How many of the fields are filled in, in words; null when none is. */
  active: string | null;
  clearHref: string;
  children: ReactNode;
};

/** Fields that narrow a list down, folded up until one is used. A plain GET form. */
export function FilterPanel({ path, kept, texts, active, clearHref, children }: Props) {
  return (
    <details open={active !== null} className="group">
      <summary className={buttonStyle({ size: 'small', className: 'w-fit list-none' })}>
        <ListFilter className="size-4" aria-hidden="true" />
        {texts.open}
        {active ? (
          <span className="rounded-md bg-accent-soft px-1.5 text-xs text-accent-text">
            {active}
          </span>
        ) : null}
      </summary>
      <search>
        <form
          action={path}
          className="mt-3 grid items-end gap-3 rounded-xl border border-line bg-surface p-4 shadow-lift sm:grid-cols-2 lg:grid-cols-3"
        >
          {Object.entries(kept).map(([name, value]) =>
            value ? <input key={name} type="hidden" name={name} value={value} /> : null,
          )}
          {children}
          <div className="col-span-full flex flex-wrap gap-2">
            <Button type="submit" look="primary" size="small">
              {texts.apply}
            </Button>
            {active ? (
              <Link href={clearHref} className={buttonStyle({ look: 'quiet', size: 'small' })}>
                {texts.clear}
              </Link>
            ) : null}
          </div>
        </form>
      </search>
    </details>
  );
}

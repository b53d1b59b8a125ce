import { ChevronDown, ListFilter } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Disclosure } from '@/components/shell/disclosure';
import { Button, buttonStyle } from '@/components/ui/button';
import { ListForm } from './list-form';

type Props = {
  /** Where the form leads, without a query. */
  path: Route;
  /** The rest of the URL besides the fields, such as the state that a chip has set. */
  kept: Record<string, string | undefined>;
  texts: { open: string; apply: string; clear?: string };
  /** How many of the fields are filled in, in words; null when none is. */
  active: ReactNode;
  /** Where no field is filled in; absent where each filter can be taken away by itself. */
  clearHref?: Route;
  /** Opens over the page, beside other buttons, instead of pushing the list down. */
  floats?: boolean;
  children: ReactNode;
};

/** Fields that narrow a list down, folded up. */
export function FilterPanel(props: Props) {
  const { texts, active, floats = false } = props;
  const summary = (
    <summary
      className={buttonStyle({
        size: 'small',
        className: 'min-h-10 w-fit list-none group-open:bg-sunken',
      })}
    >
      <ListFilter className="size-4" aria-hidden="true" />
      {texts.open}
      {active ? (
        <span className="rounded-md bg-accent-soft px-1.5 text-xs text-accent-text tabular-nums">
          {active}
        </span>
      ) : null}
      <ChevronDown
        className="size-4 text-ink-faint motion-safe:transition-transform group-open:rotate-180"
        aria-hidden="true"
      />
    </summary>
  );
  if (floats) {
    return (
      <Disclosure className="group sm:relative" summary={summary}>
        <div className="absolute z-20 mt-2 rounded-xl border border-line bg-surface p-4 shadow-float max-sm:inset-x-0 sm:end-0 sm:w-120">
          <Fields {...props} />
        </div>
      </Disclosure>
    );
  }
  return (
    <details open={Boolean(active)} className="group">
      {summary}
      <search className="mt-3 block rounded-xl border border-line bg-surface p-4 shadow-lift">
        <Fields {...props} />
      </search>
    </details>
  );
}

function Fields({ path, kept, texts, active, clearHref, floats = false, children }: Props) {
  return (
    <ListForm
      path={path}
      closes={floats}
      className={`grid items-end gap-3 sm:grid-cols-2 ${floats ? '' : 'lg:grid-cols-3'}`}
    >
      {Object.entries(kept).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      {children}
      <div className="col-span-full flex flex-wrap gap-2">
        <Button type="submit" look="primary" size="small">
          {texts.apply}
        </Button>
        {active && clearHref ? (
          <Link href={clearHref} className={buttonStyle({ look: 'quiet', size: 'small' })}>
            {texts.clear}
          </Link>
        ) : null}
      </div>
    </ListForm>
  );
}

import { ArrowLeft, ArrowLeftToLine, ArrowRight, ArrowRightToLine } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonStyle } from '@/components/ui/button';

type Step = 'first' | 'before' | 'after' | 'last';

type Props = {
  /** Cursors of the pages on either side. */
  before: string | null;
  after: string | null;
  /** Cursor of the very end, for a list that can be read from there. */
  end?: string;
  hrefAt: (place: { before?: string; after?: string }) => Route;
  texts: { label: string; before: string; after: string; first?: string; last?: string };
};

/** Links to the pages on either side; nothing where there is only one. */
export function ListPaging({ before, after, end, hrefAt, texts }: Props) {
  if (!after && !before) return null;
  return (
    <nav aria-label={texts.label} className="mt-4 flex flex-wrap justify-between gap-2">
      <div className="flex gap-2">
        {before && end ? <PageLink href={hrefAt({})} step="first" text={texts.first} /> : null}
        {before ? <PageLink href={hrefAt({ before })} step="before" text={texts.before} /> : null}
      </div>
      <div className="flex gap-2">
        {after ? <PageLink href={hrefAt({ after })} step="after" text={texts.after} /> : null}
        {after && end ? (
          <PageLink href={hrefAt({ before: end })} step="last" text={texts.last} />
        ) : null}
      </div>
    </nav>
  );
}

const looks = {
  first: { rel: undefined, Icon: ArrowLeftToLine },
  before: { rel: 'prev', Icon: ArrowLeft },
  after: { rel: 'next', Icon: ArrowRight },
  last: { rel: undefined, Icon: ArrowRightToLine },
} as const;

function PageLink({ href, step, text }: { href: Route; step: Step; text: ReactNode }) {
  const { rel, Icon } = looks[step];
  const icon = <Icon className="size-4" aria-hidden="true" />;
  const isEnd = step === 'first' || step === 'last';
  const isBack = step === 'first' || step === 'before';
  return (
    <Link href={href} rel={rel} prefetch={false} className={buttonStyle({ size: 'small' })}>
      {isBack ? icon : null}
      {isEnd ? <span className="max-sm:sr-only">{text}</span> : text}
      {isBack ? null : icon}
    </Link>
  );
}

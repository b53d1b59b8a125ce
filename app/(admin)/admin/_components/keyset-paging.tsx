import { ArrowLeft, ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { buttonStyle } from '@/components/ui/button';

type Props = {
  before: string | null;
  after: string | null;
  texts: { label: string; before: string; after: string };
};

/** Links to the pages on either side; nothing where there is only one. */
export function KeysetPaging({ before, after, texts }: Props) {
  if (!after && !before) return null;
  return (
    <nav aria-label={texts.label} className="mt-4 flex justify-between gap-3">
      {before ? (
        <Link href={before} rel="prev" className={buttonStyle({ size: 'small' })}>
          <ArrowLeft className="size-4" aria-hidden="true" />
          {texts.before}
        </Link>
      ) : (
        <span />
      )}
      {after ? (
        <Link href={after} rel="next" className={buttonStyle({ size: 'small' })}>
          {texts.after}
          <ArrowRight className="size-4" aria-hidden="true" />
        </Link>
      ) : null}
    </nav>
  );
}

import type { Route } from 'next';
import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { cn } from '@/components/ui/cn';
import { BrandMark } from './brand-mark';

type Props = {
  brandName: string;
  demo?: boolean;
  home?: Route;
  wide?: boolean;
  /** Beside the brand: main navigation. */
  nav?: ReactNode;
  /** At the far end: account or sign-in. */
  end?: ReactNode;
};

export function SiteHeader({ brandName, demo = false, home, wide = false, nav, end }: Props) {
  const t = useT('layout');
  return (
    <>
      <SkipLink />
      <header className="sticky top-0 z-30 border-b border-line bg-surface/90 backdrop-blur-md">
        <div
          className={cn(
            'mx-auto flex min-h-15 flex-wrap items-center gap-x-3 px-4 py-1.5 sm:gap-x-6 sm:px-6',
            wide ? 'max-w-7xl' : 'max-w-5xl',
          )}
        >
          <div className="flex min-w-0 items-center gap-2.5 max-sm:flex-1">
            <BrandMark name={brandName} href={home ?? '/'} />
            {demo ? (
              <span className="rounded-md bg-sunken px-1.5 py-0.5 text-xs font-medium text-ink-muted">
                {t('demoShort')}
              </span>
            ) : null}
          </div>
          {nav ? (
            <div className="flex min-w-0 items-center max-sm:order-last max-sm:w-full">{nav}</div>
          ) : null}
          <div className="ms-auto flex shrink-0 items-center gap-2">{end}</div>
        </div>
      </header>
    </>
  );
}

function SkipLink() {
  const t = useT('layout');
  return (
    <a
      href="#content"
      className="sr-only z-50 rounded-lg bg-accent font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-3 focus:start-3 focus:px-4 focus:py-2"
    >
      {t('skip')}
    </a>
  );
}

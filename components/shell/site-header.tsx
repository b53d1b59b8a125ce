import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { BrandMark } from './brand-mark';
import { SkipLink } from './skip-link';

type Props = {
  brandName: string;
  home?: string;
  wide?: boolean;
  /** Beside the brand: main navigation. */
  nav?: ReactNode;
  /** At the far end: account or sign-in. */
  end?: ReactNode;
};

export function SiteHeader({ brandName, home, wide = false, nav, end }: Props) {
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
          <div className="min-w-0 max-sm:flex-1">
            <BrandMark name={brandName} href={home ?? '/'} />
          </div>
          {nav ? (
            <div className="flex min-w-0 items-center max-sm:order-last max-sm:w-full">{nav}</div>
          ) : null}
          <div className="ml-auto flex shrink-0 items-center gap-2">{end}</div>
        </div>
      </header>
    </>
  );
}

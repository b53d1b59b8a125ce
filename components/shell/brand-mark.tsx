import type { Route } from 'next';
import Link from 'next/link';
import { useT } from '#i18n';

export function BrandMark({ name, href = '/' }: { name: string; href?: Route }) {
  const t = useT('layout');
  return (
    <Link
      href={href}
      aria-label={t('home', { brand: name })}
      className="inline-flex min-h-10 min-w-0 items-center gap-2.5 rounded-lg font-semibold tracking-tight"
    >
      <span
        aria-hidden="true"
        className="grid size-8 shrink-0 place-items-center rounded-lg bg-accent text-on-accent"
      >
        <svg viewBox="0 0 32 32" fill="none" className="size-6" aria-hidden="true">
          <path d="M9 16h14" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
          <circle cx="9" cy="16" r="4" fill="currentColor" />
          <circle
            cx="23"
            cy="16"
            r="4"
            fill="var(--accent)"
            stroke="currentColor"
            strokeWidth="2.6"
          />
        </svg>
      </span>
      <span className="truncate">{name}</span>
    </Link>
  );
}

import { ChevronDown, CircleUser, LogOut } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { endsSession } from '@/components/live/ends-session';
import { Disclosure } from './disclosure';

export const menuItemStyle =
  'flex min-h-10 w-full items-center gap-2.5 rounded-lg px-3 text-start text-[0.9375rem] hover:bg-sunken';

type Props = {
  name: string;
  email: string;
  signOut: (formData: FormData) => Promise<void>;
  accountHref?: Route;
  /** More entries, above signing out. */
  children?: ReactNode;
};

/** A native disclosure, so that one can sign out with scripts off. */
export function UserMenu({ name, email, signOut, accountHref = '/account', children }: Props) {
  const t = useT('layout');
  return (
    <Disclosure
      className="group relative"
      summary={
        <summary
          aria-label={t('account.menu')}
          className="flex min-h-10 list-none items-center gap-1.5 rounded-lg px-1.5 hover:bg-sunken"
        >
          <span
            aria-hidden="true"
            className="grid size-8 place-items-center rounded-full bg-accent-soft text-sm font-semibold text-accent-text"
          >
            {name.trim().slice(0, 1).toUpperCase() || '?'}
          </span>
          <ChevronDown
            aria-hidden="true"
            className="size-4 text-ink-faint transition-transform group-open:rotate-180"
          />
        </summary>
      }
    >
      <div className="absolute end-0 z-40 mt-2 w-[min(19rem,calc(100vw-2rem))] rounded-xl border border-line bg-surface p-1.5 shadow-float">
        <div className="px-3 py-2">
          <p className="text-xs text-ink-faint">{t('account.signedInAs')}</p>
          <p className="truncate font-medium">{name}</p>
          <p translate="no" className="truncate text-sm text-ink-muted">
            {email}
          </p>
        </div>
        <div className="border-t border-line pt-1.5">
          {children}
          <Link href={accountHref} className={menuItemStyle}>
            <CircleUser className="size-4 text-ink-faint" aria-hidden="true" />
            {t('account.account')}
          </Link>
          <form action={signOut} {...endsSession}>
            <button type="submit" className={menuItemStyle}>
              <LogOut className="size-4 text-ink-faint" aria-hidden="true" />
              {t('account.signOut')}
            </button>
          </form>
        </div>
      </div>
    </Disclosure>
  );
}

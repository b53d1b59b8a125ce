import { Settings2 } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { signOut } from '@/app/(customer)/actions';
import { menuItemStyle, UserMenu } from '@/components/shell/user-menu';
import { type Actor, can } from '@/lib/actor';
import { PageFrame } from './business-page';

type Props = { actor: Actor | null; children: ReactNode };

/** A page that is about no business, so its header names none. */
export function PersonPage({ actor, children }: Props) {
  const t = useT('layout');
  if (!actor) return <PageFrame header={{}}>{children}</PageFrame>;
  const staff = can(actor, 'companies:read');
  const home = actor.companies.length > 0 ? '/connections' : staff ? '/admin' : '/';
  const menu = (
    <UserMenu name={actor.name} email={actor.email} signOut={signOut}>
      {staff ? (
        <Link href="/admin/companies" className={menuItemStyle}>
          <Settings2 className="size-4 text-ink-faint" aria-hidden="true" />
          <span>{t('account.toAdmin')}</span>
        </Link>
      ) : null}
    </UserMenu>
  );
  return <PageFrame header={{ home, end: menu }}>{children}</PageFrame>;
}

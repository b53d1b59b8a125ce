import { Link2 } from 'lucide-react';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { signOut } from '@/app/(customer)/actions';
import { LiveProvider } from '@/components/live/live-provider';
import { SiteFooter } from '@/components/shell/site-footer';
import { SiteHeader } from '@/components/shell/site-header';
import { menuItemStyle, UserMenu } from '@/components/shell/user-menu';
import { ReaderZone } from '@/components/time/reader-zone';
import { can } from '@/lib/actor';
import { getActor } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { getReaderZone } from '@/lib/web/reader-zone';
import { getT } from '@/messages/server/get-t';
import { AdminMenu, AdminNav } from './_components/admin-nav';

/** Leaves signed-out people to the page: only it knows where they come back to. */
export default async function AdminLayout({ children }: LayoutProps<'/admin'>) {
  const t = await getT('layout');

  const actor = await getActor();
  if (!actor) return children;
  if (!can(actor, 'companies:read')) notFound();
  const brand = getBrand();
  return (
    <LiveProvider userId={actor.userId}>
      <ReaderZone known={await getReaderZone()} />
      <SiteHeader
        wide
        brandName={brand.name}
        demo={brand.demo}
        home="/admin"
        nav={<AdminNav actor={actor} />}
        end={
          <>
            <AdminMenu actor={actor} />
            <UserMenu name={actor.name} email={actor.email} signOut={signOut}>
              {actor.companies.length > 0 ? (
                <Link href="/connections" className={menuItemStyle}>
                  <Link2 className="size-4 text-ink-faint" aria-hidden="true" />
                  {t('account.toConnections')}
                </Link>
              ) : null}
            </UserMenu>
          </>
        }
      />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-7xl flex-1 px-4 py-8 outline-none sm:px-6"
      >
        {children}
      </main>
      <SiteFooter wide brand={brand} />
    </LiveProvider>
  );
}

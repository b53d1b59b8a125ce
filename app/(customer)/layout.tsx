import { Settings2 } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { signOut } from '@/app/(customer)/actions';
import { LiveProvider } from '@/components/live/live-provider';
import { SiteFooter } from '@/components/shell/site-footer';
import { SiteHeader } from '@/components/shell/site-header';
import { menuItemStyle, UserMenu } from '@/components/shell/user-menu';
import { type Actor, can } from '@/lib/actor';
import { getActor, requireCompany } from '@/lib/auth/session';
import { type Brand, getBrand } from '@/lib/brand';
import { getConnectionsOverview } from '@/lib/connections/get-connections';
import { AccountMenu } from './_components/account-menu';
import { CustomerNav } from './_components/customer-nav';

/** Decides nothing: every page below asks for itself who may see it. */
export default async function CustomerLayout({ children }: LayoutProps<'/'>) {
  const actor = await getActor();
  if (!actor) return <Frame brand={getBrand()}>{children}</Frame>;
  if (actor.companies.length === 0) {
    const staff = can(actor, 'companies:read');
    const home = staff ? '/admin' : '/';
    return (
      <Frame brand={getBrand()} home={home} end={<PersonMenu actor={actor} staff={staff} />}>
        {children}
      </Frame>
    );
  }
  return (
    <LiveProvider userId={actor.userId}>
      <SignedInFrame actor={actor}>{children}</SignedInFrame>
    </LiveProvider>
  );
}

async function SignedInFrame({ actor, children }: { actor: Actor; children: ReactNode }) {
  const { companyId } = await requireCompany('/connections');
  const { connections } = await getConnectionsOverview(actor, companyId);
  const broken = connections.filter(({ status }) => status === 'Deauthorized').length;
  return (
    <Frame
      brand={getBrand()}
      home="/connections"
      nav={<CustomerNav broken={broken} />}
      end={
        <AccountMenu
          name={actor.name}
          email={actor.email}
          companies={actor.companies.map(({ id, name }) => ({ id, name }))}
          companyId={companyId}
          staff={can(actor, 'companies:read')}
        />
      }
    >
      {children}
    </Frame>
  );
}

/** For people without a company: staff, and who has left theirs. */
function PersonMenu({ actor, staff }: { actor: Actor; staff: boolean }) {
  const t = useT('layout');
  return (
    <UserMenu name={actor.name} email={actor.email} signOut={signOut}>
      {staff ? (
        <Link href="/admin/companies" className={menuItemStyle}>
          <Settings2 className="size-4 text-ink-faint" aria-hidden="true" />
          {t('account.toAdmin')}
        </Link>
      ) : null}
    </UserMenu>
  );
}

type FrameProps = {
  brand: Brand;
  home?: Route;
  nav?: ReactNode;
  end?: ReactNode;
  children: ReactNode;
};

function Frame({ brand, home = '/', nav, end, children }: FrameProps) {
  return (
    <>
      <SiteHeader brandName={brand.name} demo={brand.demo} home={home} nav={nav} end={end} />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-5xl flex-1 px-4 py-8 outline-none sm:px-6 sm:py-12"
      >
        {children}
      </main>
      <SiteFooter brand={brand} />
    </>
  );
}

import type { ReactNode } from 'react';
import { LiveProvider } from '@/components/live/live-provider';
import { SiteFooter } from '@/components/shell/site-footer';
import { SiteHeader } from '@/components/shell/site-header';
import { type Actor, can } from '@/lib/auth/actor';
import { getActor, requireCompany } from '@/lib/auth/session';
import { type Brand, getBrand } from '@/lib/brand';
import { getConnectionsOverview } from '@/lib/connections/queries';
import { AccountMenu } from './_components/account-menu';
import { CustomerNav } from './_components/customer-nav';

/** Decides nothing: every page below asks for itself who may see it. */
export default async function CustomerLayout({ children }: { children: ReactNode }) {
  const actor = await getActor();
  if (!actor || actor.companies.length === 0) {
    return <Frame brand={getBrand()}>{children}</Frame>;
  }
  return (
    <LiveProvider userId={actor.userId}>
      <SignedInFrame actor={actor}>{children}</SignedInFrame>
    </LiveProvider>
  );
}

async function SignedInFrame({ actor, children }: { actor: Actor; children: ReactNode }) {
  const { companyId } = await requireCompany('/connections');
  const overview = await getConnectionsOverview(actor, companyId);
  return (
    <Frame
      brand={getBrand()}
      nav={<CustomerNav initial={overview} />}
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

type FrameProps = { brand: Brand; nav?: ReactNode; end?: ReactNode; children: ReactNode };

function Frame({ brand, nav, end, children }: FrameProps) {
  return (
    <>
      <SiteHeader
        brandName={brand.name}
        demo={brand.demo}
        home={nav ? '/connections' : '/'}
        nav={nav}
        end={end}
      />
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

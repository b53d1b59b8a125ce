import type { ReactNode } from 'react';
import { SiteHeader } from '@/components/shell/site-header';
import { type Actor, businessOf, can } from '@/lib/actor';
import { getBrand } from '@/lib/brand';
import { getConnectionsOverview } from '@/lib/connections/get-connections';
import { isBroken } from '@/lib/connections/types';
import { AccountMenu } from './account-menu';
import { businessHref } from './business-href';
import { CatchErrors } from './catch-errors';
import { CustomerNav } from './customer-nav';

type Props = { actor: Actor; companyId: string; children: ReactNode };

/**
 * A page about one business, or a company below it, with the header of that business. A layout's header would outlive the
 * page and could name another one, so each page brings its own.
 */
export async function BusinessPage({ actor, companyId: about, children }: Props) {
  const companyId = businessOf(actor, about);
  const { company, connections } = await getConnectionsOverview(actor, companyId);
  const broken = connections.filter(isBroken).length;
  const home = businessHref(actor, companyId, '/connections');
  return (
    <PageFrame
      header={{
        home,
        nav: <CustomerNav href={home} broken={broken} />,
        end: (
          <AccountMenu
            name={actor.name}
            email={actor.email}
            company={company.name}
            others={actor.companies.filter(({ id }) => id !== companyId)}
            accountHref={businessHref(actor, companyId, '/account')}
            staff={can(actor, 'companies:read')}
          />
        ),
      }}
    >
      <CatchErrors>{children}</CatchErrors>
    </PageFrame>
  );
}

type Header = Omit<Parameters<typeof SiteHeader>[0], 'brandName' | 'demo'>;

/** A header and what is below it; the layout adds the footer. */
export function PageFrame({ header, children }: { header: Header; children: ReactNode }) {
  const brand = getBrand();
  return (
    <>
      <SiteHeader brandName={brand.name} demo={brand.demo} {...header} />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-5xl flex-1 px-4 py-8 outline-none sm:px-6 sm:py-12"
      >
        {children}
      </main>
    </>
  );
}

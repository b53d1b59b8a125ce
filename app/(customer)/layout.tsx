import { LiveProvider } from '@/components/live/live-provider';
import { SiteFooter } from '@/components/shell/site-footer';
import { getActor } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';

/**
 * Decides nothing and names no business: every page below asks for itself who may see it, and brings
 * the header of the business that it is about.
 */
export default async function CustomerLayout({ children }: LayoutProps<'/'>) {
  const actor = await getActor();
  return (
    <>
      {actor && actor.companies.length > 0 ? (
        <LiveProvider userId={actor.userId}>{children}</LiveProvider>
      ) : (
        children
      )}
      <SiteFooter brand={getBrand()} />
    </>
  );
}

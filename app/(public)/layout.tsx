import Link from 'next/link';
import { SiteFooter } from '@/components/shell/site-footer';
import { SiteHeader } from '@/components/shell/site-header';
import { buttonStyle } from '@/components/ui/button';
import { getActor } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { getT } from '@/messages/server/get-t';

export default async function PublicLayout({ children }: LayoutProps<'/'>) {
  const t = await getT('layout');
  const brand = getBrand();
  const actor = await getActor();
  return (
    <>
      <SiteHeader
        brandName={brand.name}
        demo={brand.demo}
        end={
          actor ? null : (
            <nav aria-label={t('nav.label')}>
              <Link href="/sign-in" className={buttonStyle({ look: 'quiet', size: 'small' })}>
                {t('nav.signIn')}
              </Link>
            </nav>
          )
        }
      />
      <main id="content" tabIndex={-1} className="flex flex-1 flex-col outline-none">
        {children}
      </main>
      <SiteFooter brand={brand} />
    </>
  );
}

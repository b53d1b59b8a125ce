import type { Metadata } from 'next';
import Link from 'next/link';
import { ErrorPage } from '@/components/error-page';
import { SiteFooter } from '@/components/shell/site-footer';
import { SiteHeader } from '@/components/shell/site-header';
import { buttonStyle } from '@/components/ui/button';
import { getActor } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { t } from '@/messages/layout';

export const metadata: Metadata = { title: t('notFound.title') };

export default async function NotFound() {
  const brand = getBrand();
  const actor = await getActor();
  return (
    <>
      <SiteHeader brandName={brand.name} demo={brand.demo} />
      <main id="content" className="flex-1">
        <ErrorPage
          title={t('notFound.title')}
          text={t('notFound.text')}
          data={t('notFound.data')}
          actions={
            actor ? (
              <Link href="/connections" className={buttonStyle({ look: 'primary' })}>
                {t('notFound.connections')}
              </Link>
            ) : (
              <Link href="/" className={buttonStyle({ look: 'primary' })}>
                {t('notFound.home')}
              </Link>
            )
          }
        />
      </main>
      <SiteFooter brand={brand} />
    </>
  );
}

import type { Metadata } from 'next';
import { NotFoundPage } from '@/components/error-page';
import { SiteFooter } from '@/components/shell/site-footer';
import { SiteHeader } from '@/components/shell/site-header';
import { getActor } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { getT } from '@/messages/server/get-t';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('layout');
  return { title: t('notFound.title') };
}

export default async function NotFound() {
  const t = await getT('layout');
  const brand = getBrand();
  const actor = await getActor();
  return (
    <>
      <SiteHeader brandName={brand.name} demo={brand.demo} />
      <main id="content" className="flex-1">
        {actor ? (
          <NotFoundPage href="/connections" linkText={t('notFound.connections')} />
        ) : (
          <NotFoundPage href="/" linkText={t('notFound.home')} />
        )}
      </main>
      <SiteFooter brand={brand} />
    </>
  );
}

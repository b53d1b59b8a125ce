import type { Metadata } from 'next';
import { NotFoundPage } from '@/components/error-page';
import { getActor } from '@/lib/auth/session';
import { getT } from '@/messages/server/get-t';
import { PersonPage } from './_components/person-page';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('layout');
  return { title: t('notFound.title') };
}

/** About no business: what is missing and what is someone else's look the same. */
export default async function NotFound() {
  const t = await getT('layout');
  return (
    <PersonPage actor={await getActor()}>
      <NotFoundPage href="/connections" linkText={t('notFound.connections')} />
    </PersonPage>
  );
}

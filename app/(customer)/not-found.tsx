import type { Metadata } from 'next';
import { useT } from '#i18n';
import { NotFoundPage } from '@/components/error-page';
import { getT } from '@/messages/server/get-t';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('layout');
  return { title: t('notFound.title') };
}

/** Inside the layout's frame; the page at the root brings its own. */
export default function NotFound() {
  const t = useT('layout');
  return <NotFoundPage href="/connections" linkText={t('notFound.connections')} />;
}

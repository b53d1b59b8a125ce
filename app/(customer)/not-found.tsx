import type { Metadata } from 'next';
import { NotFoundPage } from '@/components/error-page';
import { t } from '@/messages/layout';

export const metadata: Metadata = { title: t('notFound.title') };

/** Inside the layout's frame; the page at the root brings its own. */
export default function NotFound() {
  return <NotFoundPage href="/connections" linkText={t('notFound.connections')} />;
}

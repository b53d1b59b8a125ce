import type { Metadata } from 'next';
import { NotFoundPage } from '@/components/error-page';
import { t } from '@/messages/layout';

export const metadata: Metadata = { title: t('notFound.title') };

/** Within the frame of the layout; the one at the root brings a frame of its own. */
export default function NotFound() {
  return <NotFoundPage href="/connections" linkText={t('notFound.connections')} />;
}

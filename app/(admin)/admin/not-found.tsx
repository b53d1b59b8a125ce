import type { Metadata } from 'next';
import { NotFoundPage } from '@/components/error-page';
import { t as admin } from '@/messages/admin';
import { t } from '@/messages/layout';

export const metadata: Metadata = { title: t('notFound.title') };

/** Inside the layout's frame; the page at the root brings its own. */
export default function NotFound() {
  return <NotFoundPage href="/admin/companies" linkText={admin('company.back')} />;
}

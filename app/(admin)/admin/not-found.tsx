import type { Metadata } from 'next';
import Link from 'next/link';
import { ErrorPage } from '@/components/error-page';
import { buttonStyle } from '@/components/ui/button';
import { t as admin } from '@/messages/admin';
import { t } from '@/messages/layout';

export const metadata: Metadata = { title: t('notFound.title') };

/** Within the frame of the layout; the one at the root brings a frame of its own. */
export default function NotFound() {
  return (
    <ErrorPage
      title={t('notFound.title')}
      text={t('notFound.text')}
      data={t('notFound.data')}
      actions={
        <Link href="/admin/companies" className={buttonStyle({ look: 'primary' })}>
          {admin('company.back')}
        </Link>
      }
    />
  );
}

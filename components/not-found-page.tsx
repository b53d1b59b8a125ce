import type { Route } from 'next';
import Link from 'next/link';
import { ErrorPage } from '@/components/error-page';
import { buttonStyle } from '@/components/ui/button';
import { t } from '@/messages/layout';

/** What is missing or somebody else's, with a way on. */
export function NotFoundPage({ href, linkText }: { href: Route; linkText: string }) {
  return (
    <ErrorPage
      title={t('notFound.title')}
      text={t('notFound.text')}
      data={t('notFound.data')}
      actions={
        <Link href={href} className={buttonStyle({ look: 'primary' })}>
          {linkText}
        </Link>
      }
    />
  );
}

'use client';

import { unstable_isUnrecognizedActionError as isOfAnotherBuild } from 'next/navigation';
import { useT } from '#i18n';
import { ErrorPage } from '@/components/error-page';
import { Button, buttonStyle } from '@/components/ui/button';

/** The reference that Next.js gives an error and writes into our log. */
function digestOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('digest' in error)) return undefined;
  return typeof error.digest === 'string' ? error.digest : undefined;
}

export function UnexpectedError({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useT('layout');
  if (isOfAnotherBuild(error)) return <OutdatedPage />;
  return (
    <ErrorPage
      title={t('error.title')}
      text={t('error.text')}
      data={t('error.data')}
      reference={digestOf(error)}
      actions={
        <>
          <Button look="primary" onClick={() => retry()}>
            {t('error.retry')}
          </Button>
          {/* A full load on purpose: the router itself may be what failed. */}
          <a href="/" className={buttonStyle()}>
            {t('error.home')}
          </a>
        </>
      }
    />
  );
}

/** The page is of a build whose form the portal no longer has: nothing was run. */
function OutdatedPage() {
  const t = useT('layout');
  return (
    <ErrorPage
      title={t('outdated.title')}
      text={t('outdated.text')}
      data={t('outdated.data')}
      actions={
        <Button look="primary" onClick={() => window.location.reload()}>
          {t('outdated.reload')}
        </Button>
      }
    />
  );
}

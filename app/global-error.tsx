'use client';

import { UnexpectedError } from '@/components/unexpected-error';
import { t } from '@/messages/layout';
import './globals.css';

export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en-GB">
      <body>
        <title>{t('error.title')}</title>
        <main>
          <UnexpectedError {...props} />
        </main>
      </body>
    </html>
  );
}

'use client';

import { UnexpectedError } from '@/components/unexpected-error';
import { translator } from '@/messages/translator';
import './globals.css';

const t = translator('layout');

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

'use client';

import { useSyncExternalStore } from 'react';
import { Button, buttonStyle } from '@/components/ui/button';
import { browserLocale, globalErrorTexts } from '@/messages/global-error';
import { defaultLocale, localeFacts } from '@/messages/locales';
import './globals.css';

const never = () => () => {};

type Props = { error: Error & { digest?: string }; retry: () => void };

/** When even the root layout fails: no provider, no frame, and only texts of its own. */
export default function GlobalError({ error, retry }: Props) {
  const locale = useSyncExternalStore(never, browserLocale, () => defaultLocale);
  const { tag, dir } = localeFacts(locale);
  const t = globalErrorTexts(locale);
  return (
    <html lang={tag} dir={dir}>
      <body>
        <title>{t('title')}</title>
        <main className="mx-auto w-full max-w-xl px-4 py-16 sm:px-6 sm:py-24">
          <h1 className="text-3xl font-semibold">{t('title')}</h1>
          <p className="mt-4 text-ink-muted">{t('text')}</p>
          <p className="mt-2 text-ink-muted">{t('data')}</p>
          <div className="mt-8 flex flex-wrap gap-3">
            <Button look="primary" onClick={() => retry()}>
              {t('retry')}
            </Button>
            {/* A full load on purpose: the router itself may be what failed. */}
            <a href="/" className={buttonStyle()}>
              {t('home')}
            </a>
          </div>
          {error.digest ? (
            <p className="mt-10 text-sm text-ink-muted">
              {t('reference', { reference: error.digest })}
            </p>
          ) : null}
        </main>
      </body>
    </html>
  );
}

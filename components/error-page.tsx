import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { CopyId } from '@/components/ui/copy-id';
import { buttonStyle } from './ui/button';

type Props = {
  title: string;
  text: string;
  data: string;
  actions: ReactNode;
  /** Finds the entry in our log. */
  reference?: string | undefined;
};

/** What happened, what it means for the person's data, and what to do next. */
export function ErrorPage({ title, text, data, actions, reference }: Props) {
  const t = useT('layout');
  return (
    <div className="mx-auto w-full max-w-xl px-4 py-16 sm:px-6 sm:py-24">
      <h1 className="text-3xl font-semibold">{title}</h1>
      <p className="mt-4 text-ink-muted">{text}</p>
      <p className="mt-2 text-ink-muted">{data}</p>
      <div className="mt-8 flex flex-wrap gap-3">{actions}</div>
      {reference ? (
        <div className="mt-10 border-t border-line pt-4 text-sm text-ink-muted">
          <p>
            {t('error.reference')}: <CopyId id={reference} what={t('error.reference')} />
          </p>
          <p className="mt-1">{t('error.referenceHint')}</p>
        </div>
      ) : null}
    </div>
  );
}

/** For what is missing or someone else's, with a link to go on with. */
export function NotFoundPage({ href, linkText }: { href: Route; linkText: string }) {
  const t = useT('layout');
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

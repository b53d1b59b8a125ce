import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';

type Props = { title: string; lead: string; children: ReactNode; after?: ReactNode };

/** Sign-in and sign-up are on their own in the middle of the page. */
export function AuthFrame({ title, lead, children, after }: Props) {
  return (
    <div className="mx-auto w-full max-w-md px-4 py-10 sm:py-16">
      <h1 className="text-3xl font-semibold">{title}</h1>
      <p className="mt-2 text-ink-muted">{lead}</p>
      <Card className="mt-8 p-5 sm:p-7">{children}</Card>
      {after ? (
        <div className="mt-6 space-y-3 px-1 text-[0.9375rem] text-ink-muted">{after}</div>
      ) : null}
    </div>
  );
}

export const inlineLink =
  'font-medium text-accent-text underline decoration-1 underline-offset-4 hover:decoration-2';

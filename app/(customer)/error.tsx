'use client';

import { UnexpectedError } from '@/components/unexpected-error';

/** When not even the header of a page could be made: no header, so that it names no wrong business. */
export default function ErrorBoundary(props: { error: unknown; retry: () => void }) {
  return (
    <main id="content" className="flex-1">
      <UnexpectedError {...props} />
    </main>
  );
}

'use client';

import { UnexpectedError } from '@/components/unexpected-error';

export default function ErrorBoundary(props: { error: unknown; retry: () => void }) {
  return <UnexpectedError {...props} />;
}

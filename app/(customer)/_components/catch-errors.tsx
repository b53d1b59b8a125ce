'use client';

import { catchError } from 'next/error';
import { UnexpectedError } from '@/components/unexpected-error';

/** Shows that a part of a page failed, in its place: the header above it stays that of its business. */
export const CatchErrors = catchError((_props: object, { error, retry }) => (
  <UnexpectedError error={error} retry={retry} />
));

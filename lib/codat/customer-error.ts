import { AppError } from '@/lib/errors';
import { CodatError } from './errors';

/** Says a failed call to Codat in words for the person. Other errors pass as they are. */
export function asCustomerError(error: unknown): unknown {
  if (!(error instanceof CodatError)) return error;
  const { status, said } = error;
  // Any other 404 is that of a wrong address, or of something in between.
  const named = status === 404 && /\b(company|connection)\b/i.test(said ?? '');
  if (named) return new AppError('not-found', 'connectionGone', { cause: error });
  if (status === 429) return new AppError('upstream-unavailable', 'codatBusy', { cause: error });
  if (status !== null && [401, 402, 403, 404].includes(status)) {
    return new AppError('upstream-refused', 'codatRefused', { cause: error });
  }
  return new AppError('upstream-unavailable', 'codatUnavailable', { cause: error });
}

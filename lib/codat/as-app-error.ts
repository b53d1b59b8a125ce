import { AppError } from '@/lib/errors';
import { CodatError } from './errors';

/** Says a failed call to Codat in words for the person. Other errors pass as they are. */
export function asAppError(error: unknown): unknown {
  if (!(error instanceof CodatError)) return error;
  const { status } = error;
  if (status === 404) return new AppError('not-found', 'connectionGone', { cause: error });
  if (status === 429) return new AppError('upstream-unavailable', 'codatBusy', { cause: error });
  if (status === 401 || status === 402 || status === 403) {
    return new AppError('upstream-refused', 'codatRefused', { cause: error });
  }
  return new AppError('upstream-unavailable', 'codatUnavailable', { cause: error });
}

import 'server-only';
import { AppError, waitParams } from '@/lib/errors';
import { noteTrouble } from '@/lib/runtime/trouble';
import type { ErrorKey } from '@/messages/areas';
import { busyMs, CodatError } from './errors';

/** Says a failed call to Codat in words for the person. Other errors pass as they are. */
export function asCustomerError(error: unknown): unknown {
  if (!(error instanceof CodatError)) return error;
  const { status, said } = error;
  // Any other 404 is that of a wrong address, or of something in between.
  const named = status === 404 && /\b(company|connection)\b/i.test(said ?? '');
  if (named) return new AppError('not-found', 'connectionGone', { cause: error });
  const busy = asBusy(error, 'codatBusy');
  if (busy) return busy;
  if (status !== null && [401, 402, 403, 404].includes(status)) {
    // The text says that our team has been told.
    noteTrouble({ kind: 'codat' });
    return new AppError('upstream-refused', 'codatRefused', { cause: error });
  }
  return new AppError('upstream-unavailable', 'codatUnavailable', { cause: error });
}

/** Codat has too many calls, or the gate let none through: says when to try again. */
function asBusy(error: CodatError, messageKey: ErrorKey): AppError | null {
  const waitMs = busyMs(error);
  if (waitMs === null) return null;
  return new AppError('upstream-unavailable', messageKey, {
    params: waitParams(waitMs),
    cause: error,
  });
}

const refusals: Record<number, ErrorKey> = {
  401: 'staff.codatUnauthorized',
  402: 'staff.codatPlan',
  403: 'staff.codatForbidden',
};

/**
 * Explains a failed call to Codat to staff: what Codat answered and what to fix. After a call that
 * changes something, no answer doesn't mean that nothing was done, and the text says so. Other
 * errors pass unchanged.
 */
export function asStaffError(error: unknown, call: 'read' | 'change'): unknown {
  if (!(error instanceof CodatError)) return error;
  const { status } = error;
  if (status === 404) return new AppError('not-found', 'staff.codatGone', { cause: error });
  const busy = asBusy(error, 'staff.codatBusy');
  if (busy) return busy;
  const refusal = refusals[status ?? 0];
  if (refusal) return new AppError('upstream-refused', refusal, { cause: error });
  if (error.kind === 'status' && status !== null && status < 500) {
    return new AppError('upstream-refused', 'staff.codatRejected', {
      params: { status },
      cause: error,
    });
  }
  const messageKey: ErrorKey = call === 'read' ? 'staff.codatSilent' : 'staff.codatUnclear';
  return new AppError('upstream-unavailable', messageKey, { cause: error });
}

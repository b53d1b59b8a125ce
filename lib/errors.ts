import type { MessageRef } from '@/lib/form-state';

/** Closed set of expected failures. HTTP and form answers are derived from it in one place each. */
export type ErrorCode =
  | 'invalid'
  | 'signed-out'
  | 'not-allowed'
  | 'not-found'
  | 'conflict'
  | 'throttled'
  | 'not-ready'
  | 'upstream-unavailable'
  | 'upstream-refused'
  | 'unexpected';

/**
 * A failure that was foreseen. `messageKey` (under `errors` in the message file) is for the person,
 * `message` and `cause` are for us and never leave the server.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly ref: MessageRef;
  /** The form field that the message belongs to, if one. */
  readonly field: string | null;

  constructor(
    code: ErrorCode,
    messageKey: string,
    options: {
      params?: MessageRef['params'];
      field?: string;
      detail?: string;
      cause?: unknown;
    } = {},
  ) {
    super(options.detail ?? messageKey, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.field = options.field ?? null;
    this.ref = {
      messageKey: `errors.${messageKey}`,
      ...(options.params && { params: options.params }),
    };
  }
}

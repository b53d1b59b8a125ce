import type { MessageRef } from '@/lib/form-state';
import type { ErrorKey } from '@/messages/areas';

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
  | 'upstream-refused';

/** How long to wait, for texts: minutes, or from an hour and a half on hours, which are 0 until then. */
export function waitParams(ms: number): { minutes: number; hours: number } {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  return { minutes, hours: minutes < 90 ? 0 : Math.round(minutes / 60) };
}

/**
 * An expected failure. `messageKey` names the text for the person; `message` and `cause` are for us
 * and never leave the server.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly messageKey: ErrorKey;
  readonly ref: MessageRef;
  /** The form field that the message belongs to, if one. */
  readonly field: string | null;
  /** Address of what it is about, for a link beside the message. */
  readonly about: string | null;

  constructor(
    code: ErrorCode,
    messageKey: ErrorKey,
    options: {
      params?: MessageRef['params'];
      field?: string;
      about?: string;
      detail?: string;
      cause?: unknown;
    } = {},
  ) {
    super(options.detail ?? messageKey, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.messageKey = messageKey;
    this.field = options.field ?? null;
    this.about = options.about ?? null;
    this.ref = {
      messageKey: `errors.${messageKey}`,
      ...(options.params && { params: options.params }),
    };
  }
}

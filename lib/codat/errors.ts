/**
 * What went wrong with a call to Codat:
 * `unreachable` no complete answer (network, time-out): the effect is unknown ·
 * `status` Codat answered with an error · `malformed` an answer that is not what it should be.
 */
export class CodatError extends Error {
  readonly kind: 'unreachable' | 'status' | 'malformed';
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  /** To be quoted to Codat's support. */
  readonly correlationId: string | null;

  constructor(
    kind: CodatError['kind'],
    detail: string,
    options: {
      status?: number;
      retryAfterMs?: number | null;
      correlationId?: string | null;
      cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'CodatError';
    this.kind = kind;
    this.status = options.status ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.correlationId = options.correlationId ?? null;
  }
}

/** Whether Codat says that the thing does not exist. */
export function isNotFound(error: unknown): boolean {
  return error instanceof CodatError && error.kind === 'status' && error.status === 404;
}

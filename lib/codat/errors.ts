/**
 * What went wrong with a call to Codat:
 * `unreachable` no complete answer (network, time-out): the effect is unknown ·
 * `status` Codat answered with an error · `malformed` an answer that is not what it should be ·
 * `held` the gate let no call through, and `retryAfterMs` says for how long.
 */
export class CodatError extends Error {
  readonly kind: 'unreachable' | 'status' | 'malformed' | 'held';
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  /** To be quoted to Codat's support. */
  readonly correlationId: string | null;
  /** What Codat's own error body says; null where the answer was none of Codat's. */
  readonly said: string | null;
  /** The messages of its validation, which say more. */
  readonly reasons: string[];
  /** False when no call was made at all. */
  readonly asked: boolean;

  constructor(
    kind: CodatError['kind'],
    detail: string,
    options: {
      status?: number;
      retryAfterMs?: number | null;
      correlationId?: string | null;
      said?: string | null;
      reasons?: string[];
      asked?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'CodatError';
    this.kind = kind;
    this.status = options.status ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.correlationId = options.correlationId ?? null;
    this.said = options.said ?? null;
    this.reasons = options.reasons ?? [];
    this.asked = options.asked ?? true;
  }
}

/**
 * How long to wait when Codat has, or would have, too many calls; null for any other failure. Says
 * nothing about Codat's health or the thing that was asked for.
 */
export function busyMs(error: unknown): number | null {
  if (!(error instanceof CodatError)) return null;
  if (error.kind !== 'held' && error.status !== 429) return null;
  return error.retryAfterMs ?? unsaidWaitMs;
}

/** After a 429 that doesn't say how long to wait. */
export const unsaidWaitMs = 60_000;

/** Whether the answer was a 404, from Codat or something in between. */
export function isNotFound(error: unknown): error is CodatError {
  return error instanceof CodatError && error.kind === 'status' && error.status === 404;
}

/**
 * Whether Codat itself says that the company does not exist. A 404 of something in between, or of a
 * wrong address, says nothing about any company: believing it would strike off all of them.
 */
export function isCompanyGone(error: unknown): boolean {
  return isNotFound(error) && /\bcompany\b/i.test(error.said ?? '');
}

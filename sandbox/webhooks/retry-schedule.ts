const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Codat's eight attempts; each delay counts from the failure before. */
const ATTEMPT_DELAYS_MS = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  10 * HOUR,
] as const;

/** An endpoint that has only failed for this long is disabled. */
export const DISABLED_AFTER_MS = 5 * 24 * HOUR;

/** How long to wait after this many failures, or null when the attempts are used up. */
export function nextDelayMs(failures: number): number | null {
  return ATTEMPT_DELAYS_MS[failures] ?? null;
}

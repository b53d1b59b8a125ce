import type { Note } from './attack';

/** The value below which the given share of all values lies. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Median, p95 and slowest of some times in milliseconds, into the table. */
export function noteTimes(note: Note, what: string, timesMs: number[]): void {
  const [median, p95] = [percentile(timesMs, 0.5), percentile(timesMs, 0.95)].map(Math.round);
  note(
    `${what}: median / p95 / slowest, ms`,
    `${median} / ${p95} / ${Math.round(Math.max(...timesMs))}`,
  );
}

import { appendFileSync } from 'node:fs';
import { expect, it } from 'vitest';

type Bound = { atMost?: number; atLeast?: number };

/** Keeps a figure for the table; outside of its bound it fails the benchmark, once all are taken. */
export type Note = (what: string, value: number, bound?: Bound) => void;

/**
 * A test that measures. Its database is its file's own, migrated and empty. Say units in the names
 * of figures, and give bounds on ratios within one run rather than on times where you can: the
 * machine differs from run to run.
 */
export function benchmark(
  name: string,
  { timeoutMs }: { timeoutMs: number },
  run: (note: Note) => Promise<void>,
): void {
  it(name, { timeout: timeoutMs }, async () => {
    const broken: string[] = [];
    await run((what, value, bound = {}) => {
      const { atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = bound;
      const held = value <= atMost && value >= atLeast;
      if (!held) broken.push(`${what}: ${value}`);
      keep({ name, what, value, ...bound, held });
    });
    expect(broken).toEqual([]);
  });
}

/** `tools/bench.mjs` makes its table of these; without it the outcome of the test is all. */
function keep(line: Record<string, unknown>): void {
  const file = process.env.BENCH_RESULTS;
  if (file) appendFileSync(file, `${JSON.stringify(line)}\n`);
}

import { appendFileSync } from 'node:fs';
import { it } from 'vitest';
import { settings } from './settings';

/** The promises of the product that are attacked, in the order of the table. */
export type Promised =
  | 'Every acknowledged webhook counts, once'
  | 'The truth wins'
  | 'Codat’s bad days'
  | 'One company, ever'
  | 'Identity'
  | 'Stopping'
  | 'Codat’s own schema';

type About = {
  promise: Promised;
  /** What is to hold, for the table. */
  holds: string;
  rounds: number;
  timeoutMs: number;
};

/** Keeps a figure for the table. */
export type Note = (what: string, value: number | string) => void;

/** A test whose outcome and figures become a line of docs/resilience.md. */
export function attack(name: string, about: About, run: (note: Note) => Promise<void>): void {
  it(name, { timeout: about.timeoutMs }, async () => {
    const figures: [string, number | string][] = [];
    const startedAt = performance.now();
    let held = false;
    try {
      await run((what, value) => figures.push([what, value]));
      held = true;
    } finally {
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      const { promise, holds, rounds } = about;
      const line = { promise, name, holds, rounds, held, figures, seconds };
      appendFileSync(settings.resultsFile, `${JSON.stringify(line)}\n`);
    }
  });
}

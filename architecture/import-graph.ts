import { posix } from 'node:path';
import { readImports } from './read-imports';
import type { SourceFiles } from './source-files';

export type Edge = {
  from: string;
  specifier: string;
  /** The imported file; null for a package. */
  to: string | null;
  typeOnly: boolean;
};

/** What breaks a rule: one line for a person, beginning with the file. */
export type Violation = string;

const endings = ['', '.ts', '.tsx', '.d.ts', '.mjs', '/index.ts', '/index.tsx'];

/** Every import of the files. `@/` is the root of the repository. */
export function buildGraph(files: SourceFiles): Edge[] {
  return [...files].flatMap(([from, source]) =>
    readImports(source)
      .filter((item) => item.specifier !== null)
      .map(({ specifier, typeOnly }) => {
        const text = specifier ?? '';
        return { from, specifier: text, to: resolve(from, text, files), typeOnly };
      }),
  );
}

function resolve(from: string, specifier: string, files: SourceFiles): string | null {
  const isRelative = /^\.{1,2}(\/|$)/.test(specifier);
  if (!isRelative && !specifier.startsWith('@/')) return null;
  const path = isRelative
    ? posix.join(posix.dirname(from), specifier)
    : posix.normalize(specifier.slice(2));
  const known = endings.map((ending) => path + ending).find((candidate) => files.has(candidate));
  return known ?? path;
}

/** The name of a package without what is taken from it: `pg`, `@hono/node-server`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Tests, and what only they use. */
export function isTest(path: string): boolean {
  return (
    /\.test\.tsx?$/.test(path) ||
    /(^|\/)testing\//.test(path) ||
    /^(e2e|bench|resilience)\//.test(path)
  );
}

/** One line for an import that breaks a rule. */
export function describeEdge({ from, specifier }: Edge, because: string): Violation {
  return `${from} → ${specifier}: ${because}`;
}

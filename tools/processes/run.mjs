import { relative } from 'node:path';
import { rootDir } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { startChild } from './child.mjs';

/** Runs a process to its end and answers its exit code. Options as for `startChild`. */
export async function run(lifetime, options) {
  return await startChild(lifetime, options).exited;
}

/**
 * The same, for a step that must succeed: throws a Problem that carries the end of its output, or
 * what `excerpt(log)` finds in it.
 */
export async function runOrThrow(lifetime, options) {
  const child = startChild(lifetime, options);
  const code = await child.exited;
  lifetime.throwIfEnding();
  if (code === 0) return;
  const output = options.excerpt?.(options.log) ?? child.tail();
  const where = options.log ? ` (the whole is in ${relative(rootDir, options.log)})` : '';
  throw new Problem(
    [`${options.name} failed with exit code ${code}.`, output && `Its output${where}:`, output]
      .filter(Boolean)
      .join('\n'),
  );
}

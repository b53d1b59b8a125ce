import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { findAffected } from './affected.mjs';
import { listChangedFiles } from './changed-files.mjs';

const kinds = ['static', 'unit', 'e2e', 'resilience'];

/**
 * What the words behind `npm test` ask for: `{wanted, filters, since, leftOut}`.
 *
 * - `wanted`: kinds of tests; all, if none is named
 * - `filters`: for each kind what its files' names are to contain, or nothing
 * - `since`: with `--changed`, the commit since which a change counts
 * - `leftOut`: with `--changed`, a line for each kind that says what is not run
 */
export function chooseTests(words) {
  const changed = words.find((word) => /^--changed(=|$)/.test(word));
  const wanted = words.filter((word) => kinds.includes(word));
  const others = words.filter((word) => !kinds.includes(word) && word !== changed);
  if (changed) return chooseChanged(changed.split('=')[1], wanted, others);
  if (others.length > 0 && (wanted.length !== 1 || wanted[0] === 'static')) {
    throw new Problem(
      `"${others[0]}" isn’t one of ${kinds.join(', ')}. To run some files, name a kind first: npm test e2e account`,
    );
  }
  const filters = Object.fromEntries(wanted.map((kind) => [kind, others]));
  return { wanted: wanted.length > 0 ? wanted : kinds, filters, leftOut: [] };
}

function chooseChanged(ref, wanted, others) {
  if (process.env.CI) throw new Problem('--changed leaves tests out. CI runs npm test without it.');
  if (others.length > 0)
    throw new Problem(`--changed chooses files itself: leave out "${others[0]}".`);
  const { since, files } = listChangedFiles(ref);
  const all = { specs: list('e2e', '.spec.ts'), attacks: list('resilience', '.attack.ts') };
  const { specs, attacks } = findAffected(files, all);
  const isWanted = (kind) =>
    (wanted.length === 0 || wanted.includes(kind)) &&
    (kind !== 'e2e' || specs.length > 0) &&
    (kind !== 'resilience' || attacks.length > 0);
  const without = (kind, run) => {
    const left = all[kind].filter((file) => !run.includes(file));
    return left.length > 0 ? [`  ${left.join(' ')}`] : [];
  };
  return {
    since,
    wanted: kinds.filter(isWanted),
    filters: { e2e: specs, resilience: attacks },
    leftOut: [
      `${files.length} files differ from ${since.slice(0, 9)}. Left out, and run by npm test:`,
      '  unit tests that import none of them',
      ...without('specs', specs),
      ...without('attacks', attacks),
    ],
  };
}

function list(folder, end) {
  return readdirSync(join(rootDir, folder))
    .filter((name) => name.endsWith(end))
    .map((name) => `${folder}/${name}`);
}

import type { Import } from './cruise';
import { tests } from './import-rules';

const isTest = (path: string) => new RegExp(tests).test(path);
const describeImport = ({ from, specifier }: Import, why: string) =>
  `${from} → ${specifier}: ${why}`;

/**
 * The folder of `lib` or `sandbox` that a file belongs to. Files in `lib` itself count as one
 * folder; those in `sandbox` put its folders together. `schemas.ts` and `types.ts` files are words that
 * several folders share, and belong to none.
 */
function folderOf(path: string): string | null {
  if (/\/(schemas|types)\.ts$/.test(path) || isTest(path)) return null;
  const [top, folder, rest] = path.split('/');
  if (top === 'lib' && rest === undefined) return 'lib';
  return rest !== undefined && (top === 'lib' || top === 'sandbox') ? `${top}/${folder}` : null;
}

/** Folders of `lib` and of `sandbox` that import each other in a circle, types included. */
export function folderCircles(imports: Import[]): string[] {
  const steps = new Map<string, Map<string, Import>>();
  for (const item of imports) {
    const [from, to] = [folderOf(item.from), folderOf(item.to)];
    if (!from || !to || from === to) continue;
    steps.set(from, (steps.get(from) ?? new Map<string, Import>()).set(to, item));
  }
  const seen = new Set<string>();
  return [...steps.keys()].sort().flatMap((start) => {
    const circle = seen.has(start) ? null : wayBack(steps, start);
    if (!circle) return [];
    for (const folder of circle) seen.add(folder);
    const files = circle.slice(1).map((to, index) => {
      const step = steps.get(circle[index] ?? '')?.get(to);
      return `${step?.from} → ${step?.specifier}`;
    });
    return [`${circle.join(' → ')}: a circle of folders (${files.join(', ')})`];
  });
}

/** The shortest way from a folder back to itself. */
function wayBack(steps: Map<string, Map<string, unknown>>, start: string): string[] | null {
  const ways = [[start]];
  const reached = new Set<string>();
  for (const way of ways) {
    for (const next of [...(steps.get(way.at(-1) ?? '')?.keys() ?? [])].sort()) {
      if (next === start) return [...way, start];
      if (!reached.has(next)) ways.push([...way, next]);
      reached.add(next);
    }
  }
  return null;
}

const ownFolders = /^(app|components|lib|db|messages|commands|sandbox|e2e)\//;

/** Relative imports that leave their folder: they would hide which part uses which. */
export function relativePaths(imports: Import[]): string[] {
  return imports
    .filter(({ from, specifier }) => ownFolders.test(from) && specifier.startsWith('..'))
    .map((item) => describeImport(item, 'write it from the root, with @/'));
}

const serverPart =
  /^(node:|node_modules\/(next\/headers|drizzle-orm\/|pg\/|pg-boss\/)|db\/(?!schema\/closed-sets\.ts$)|env\.ts$)/;
// The tables are read by drizzle-kit, where the mark would throw.
const needsNoMark = /^db\/schema\//;

/**
 * Modules of lib and db that need the server and do not say so. A module needs it when at run time
 * it imports the database, the environment, the request's headers or Node itself, or a module that
 * carries the mark.
 */
export function unmarkedServerModules(imports: Import[]): string[] {
  const marked = new Set(
    imports.filter(({ specifier }) => specifier === 'server-only').map(({ from }) => from),
  );
  const needing = imports.filter(
    ({ from, to, typeOnly }) =>
      /^(lib|db)\//.test(from) &&
      !(typeOnly || isTest(from) || needsNoMark.test(from) || marked.has(from)) &&
      (serverPart.test(to) || marked.has(to)),
  );
  return needing.map((item) => describeImport(item, "put import 'server-only' at the top"));
}

import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { importRules } from './import-rules';

/** Generated, installed, or no source: what `listFiles()` leaves out too. */
const notOurs = '^([.]\\w|test-results/|playwright-report/|next-env[.]d[.]ts$)';

/**
 * Every module below a folder with what it imports, and the imports that break a rule.
 *
 * TypeScript 7 has no interface that dependency-cruiser could parse with, and without one it finds
 * no TypeScript at all and no violation: `swc` is the parser, and a test counts the modules.
 */
export async function cruiseFolder(folder: string): Promise<ICruiseResult> {
  const { output } = await cruise(
    ['.'],
    {
      baseDir: folder,
      parser: 'swc',
      tsPreCompilationDeps: true,
      validate: true,
      ruleSet: importRules,
      skipAnalysisNotInRules: true,
      preserveSymlinks: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: notOurs },
    },
    {
      alias: { '@': folder },
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  );
  if (typeof output === 'string') throw new Error('dependency-cruiser gave no result');
  return output;
}

/** One line for a person for each import that breaks a rule. */
export function describeViolations({ summary }: ICruiseResult): string[] {
  const rules = [...(importRules.forbidden ?? []), ...(importRules.required ?? [])];
  const why = new Map(rules.map(({ name, comment }) => [name, comment]));
  return summary.violations.map(({ from, to, rule, cycle, via }) => {
    const path = (cycle ?? via)?.map(({ name }) => name).join(' → ') ?? to;
    return `${from} → ${path}: ${why.get(rule.name)}`;
  });
}

export type Import = { from: string; specifier: string; to: string; typeOnly: boolean };

/** Every import in our own files, of a file, a package or a part of Node (`node:fs`). */
export function importsOf({ modules }: ICruiseResult): Import[] {
  return modules.flatMap(({ source: from, dependencies }) =>
    dependencies.map(({ module: specifier, resolved, coreModule, dependencyTypes }) => {
      const to = coreModule ? `node:${resolved}` : resolved;
      return { from, specifier, to, typeOnly: dependencyTypes.includes('type-only') };
    }),
  );
}

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cruiseFolder, describeViolations, type Import, importsOf } from './cruise';
import { missingTexts } from './given-texts';
import { folderCircles, relativePaths, unmarkedServerModules } from './graph-rules';
import { listFiles, readSources, root } from './source-files';

/** Cruises files by path and code, in a folder of their own with all that they import by `@/`. */
async function cruiseFiles(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  const write = (path: string, source: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), source);
  };
  try {
    for (const [, path = ''] of Object.values(files)
      .join('\n')
      .matchAll(/'@\/([\w./-]+)'/g)) {
      write(/\.\w+$/.test(path) ? path : `${path}.ts`, '');
    }
    for (const [path, source] of Object.entries(files)) write(path, source);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
    return await cruiseFolder(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const repository = await cruiseFolder(root);
const imports = importsOf(repository);

describe('the repository', () => {
  it('is cruised whole', () => {
    const cruised = new Set(repository.modules.map(({ source }) => source));
    const sources = listFiles().filter((path) => /\.(tsx?|m?js)$/.test(path));
    expect(sources.length).toBeGreaterThan(500);
    expect(sources.filter((path) => !cruised.has(path))).toEqual([]);
    // TypeScript that was listed and not parsed would have no imports.
    expect(imports.filter(({ from }) => /\.tsx?$/.test(from)).length).toBeGreaterThan(2000);
  });

  it('keeps the rules on imports', () => expect(describeViolations(repository)).toEqual([]));
  it('has no circle of folders', () => expect(folderCircles(imports)).toEqual([]));
  it('has relative imports only inside a folder', () => expect(relativePaths(imports)).toEqual([]));
  it("gives a page's client components their texts", () => {
    expect(missingTexts(readSources(), imports)).toEqual([]);
  });
  it("marks every module that needs the server with 'server-only'", () => {
    expect(unmarkedServerModules(imports)).toEqual([]);
  });
});

/** A file, a line in it, what that line imports, and the rule that forbids it; null when none does. */
type Case = [from: string, line: string, to: string, rule: string | null];

const between = (from: string, to: string, rule: string | null): Case => {
  return [from, `import { x } from '@/${to}';`, to, rule];
};

const folders = [
  between('app/page.tsx', 'db/client.ts', 'app-imports'),
  between('app/page.tsx', 'sandbox/world.ts', 'app-imports'),
  between('app/page.tsx', 'messages/en/connect.json', 'app-imports'),
  between('components/ui/card.tsx', 'app/layout.tsx', 'components-imports'),
  between('components/ui/card.tsx', 'lib/connections/get-connections.ts', 'components-imports'),
  between('components/ui/card.tsx', 'lib/auth/session.ts', 'components-imports'),
  between('lib/auth/session.ts', 'app/layout.tsx', 'lib-imports'),
  between('lib/auth/session.ts', 'components/ui/card.tsx', 'lib-imports'),
  between('lib/auth/session.ts', 'sandbox/world.ts', 'lib-imports'),
  between('lib/auth/session.ts', 'commands/migrate.ts', 'lib-imports'),
  between('lib/auth/session.ts', 'tools/paths.mjs', 'lib-imports'),
  between('lib/auth/session.ts', 'testing/make-customer.ts', 'lib-imports'),
  between('lib/linking/consent.ts', 'messages/en/connect.json', 'lib-imports'),
  between('lib/auth/session.test.ts', 'sandbox/world.ts', 'lib-tests-import'),
  between('lib/auth/session.test.ts', 'app/layout.tsx', 'lib-tests-import'),
  between('db/client.ts', 'lib/runtime/logger.ts', 'db-imports'),
  between('db/client.ts', 'messages/locales.ts', 'db-imports'),
  between('messages/pseudo.ts', 'env.ts', 'works-in-a-browser'),
  between('messages/translator.ts', 'lib/errors.ts', 'messages-imports'),
  between('components/ui/card.tsx', 'messages/server/get-t.ts', 'components-imports'),
  between('sandbox/main.ts', 'env.ts', 'sandbox-imports'),
  between('sandbox/main.ts', 'db/client.ts', 'sandbox-imports'),
  between('sandbox/main.ts', 'messages/locales.ts', 'sandbox-imports'),
  between('sandbox/main.test.ts', 'lib/codat/companies.ts', 'sandbox-imports'),
  between('commands/migrate.ts', 'app/layout.tsx', 'commands-imports'),
  between('commands/seed.ts', 'sandbox/world.ts', 'commands-imports'),
  between('commands/seed.ts', 'tools/paths.mjs', 'commands-imports'),
  between('tools/demo.mjs', 'lib/auth/session.ts', 'tools-imports'),
  between('testing/local-codat.ts', 'sandbox/world.ts', 'testing-imports'),
  between('e2e/main.spec.ts', 'app/layout.tsx', 'e2e-imports'),
  between('bench/a.bench.ts', 'app/layout.tsx', 'bench-imports'),
  between('resilience/a.attack.ts', 'sandbox/world.ts', 'resilience-imports'),
  between('architecture/a.test.ts', 'lib/errors.ts', 'architecture-imports'),
  between('proxy.ts', 'db/client.ts', 'root-imports'),
  between('helpers/new.ts', 'env.ts', 'folder-without-rule'),
  between('lib/auth/session.ts', 'lib/auth/throttle.test.ts', 'tests-only'),

  between('app/page.tsx', 'components/ui/card.tsx', null),
  between('app/page.tsx', 'lib/connections/get-connections.ts', null),
  between('app/page.tsx', 'messages/server/get-t.ts', null),
  between('components/time.tsx', 'messages/translator.ts', null),
  between('components/status.tsx', 'lib/connections/types.ts', null),
  between('components/ui/form-summary.tsx', 'lib/form-state.ts', null),
  between('lib/auth/session.ts', 'db/tables.ts', null),
  between('db/client.ts', 'env.ts', null),
  between('proxy.ts', 'env.ts', null),
  between('lib/auth/session.test.ts', 'testing/make-customer.ts', null),
  between('commands/migrate.ts', 'db/client.ts', null),
];

/** Every way to write an import. */
const forms: Case[] = [
  "import '@/db/client';",
  "import type { X } from '@/db/client';",
  "export { x } from '@/db/client';",
  "export * from '@/db/client';",
  "export const late = () => <p>{import('@/db/client')}</p>;",
].map((line, index) => [`app/form-${index}.tsx`, line, 'db/client.ts', 'app-imports']);

const door = 'lib/runtime/tracing/trace-if-wanted.ts';
const singles: Case[] = [
  ['app/list.tsx', "import { x } from 'drizzle-orm';", 'drizzle-orm', 'database'],
  ['app/api/route.ts', "import { x } from 'pg';", 'pg', 'database'],
  ['components/a.tsx', "import { x } from 'drizzle-orm/pg-core';", 'drizzle-orm', 'database'],
  ['sandbox/a.ts', "import { x } from 'pg-boss';", 'pg-boss', 'database'],
  between('proxy.ts', 'db/client.ts', 'database'),
  ['lib/auth/a.ts', "import { x } from 'drizzle-orm';", 'drizzle-orm', null],
  ['lib/auth/a.ts', "import { x } from './gone';", './gone', 'found'],
  between('lib/sync/a.ts', 'lib/codat/client.ts', 'codat-client'),
  between('lib/codat/a.ts', 'lib/codat/client.ts', null),
  ['lib/a.ts', "import { x } from '@opentelemetry/sdk-trace';", 'sdk-trace', 'tracing'],
  ['lib/a.ts', "import { x } from '@opentelemetry/api';", '@opentelemetry/api', null],
  ['lib/b.ts', "import type { X } from '@opentelemetry/sdk-trace';", 'sdk-trace', null],
  between('lib/codat/a.ts', 'lib/runtime/tracing/own-spans.ts', 'tracing'),
  between('lib/worker/boot.ts', door, null),
  between(door, 'lib/runtime/tracing/start-tracing.ts', 'tracing-on-demand'),
  [door, "import('@/lib/runtime/tracing/late');", 'lib/runtime/tracing/late.ts', null],
  // It leads on to the database.
  between('lib/companies/types.ts', 'lib/auth/a.ts', 'works-in-a-browser'),
  ['lib/auth/schemas.ts', "import { z } from 'zod';", 'zod', 'zod'],
  between('lib/auth/schemas.ts', 'lib/zod.ts', null),
  between('lib/companies/types.ts', 'lib/zod.ts', 'zod-on-the-server'),
  between('messages/translator.ts', 'messages/en/errors.json', 'texts-of-a-page'),
  between('messages/server/get-t.ts', 'messages/en/errors.json', 'texts-of-a-page'),
  between('messages/server/texts.ts', 'messages/en/errors.json', null),
  ['messages/areas.ts', "import type x from '@/messages/en/errors.json';", 'errors.json', null],
  between('messages/global-error.ts', 'messages/en/errors.json', 'texts-of-global-error'),
  between('messages/global-error.ts', 'messages/en/global-error.json', null),
];

const cases = [...folders, ...forms, ...singles];

/** What is found when all cases are files of one folder. */
async function cruiseCases() {
  const files: Record<string, string> = { 'messages/server/texts.ts': '' };
  for (const [from, line] of cases) files[from] = `${files[from] ?? ''}${line}\n`;
  return (await cruiseFiles(files)).summary.violations;
}

const violations = await cruiseCases();

describe('each rule on imports', () => {
  it.each(cases)('%s: %s', (from, _line, to, rule) => {
    const found = violations.filter((one) => {
      const [next = { name: one.to }] = one.via ?? [];
      return one.from === from && next.name.includes(to);
    });
    if (rule === null) expect(found).toEqual([]);
    else expect(found.map((one) => one.rule.name)).toContain(rule);
  });

  it('keeps all texts together only where a browser cannot get them', () => {
    expect(violations.map(({ rule }) => rule.name)).toContain('all-texts-on-the-server');
  });
});

describe('circles', () => {
  it('are found between files, whether or not they run', async () => {
    const files = {
      'lib/a.ts': "import { b } from './b';",
      'lib/b.ts': "import type { C } from './c';",
      'lib/c.ts': "export const late = () => import('./a');",
    };
    expect(describeViolations(await cruiseFiles(files))).toEqual([
      'lib/a.ts → lib/b.ts → lib/c.ts → lib/a.ts: these files import each other in a circle',
    ]);
    expect(describeViolations(await cruiseFiles({ ...files, 'lib/c.ts': '' }))).toEqual([]);
  });

  const step = (from: string, to: string): Import => {
    return { from, specifier: `@/${to}`, to, typeOnly: true };
  };

  it.each([
    ['lib/sync/read.ts', 'lib/connections/list/find.ts', 'lib/connections/a.ts', 'lib/sync/b.ts'],
    ['lib/action.ts', 'lib/auth/session.ts', 'lib/auth/session.ts', 'lib/errors.ts'],
    ['sandbox/a/x.ts', 'sandbox/b/x.ts', 'sandbox/b/y.ts', 'sandbox/a/y.ts'],
  ])('are found between folders: %s → %s, %s → %s', (a, b, c, d) => {
    expect(folderCircles([step(a, b), step(c, d)])).toHaveLength(1);
  });

  it.each([
    ['lib/sync/read.ts', 'lib/connections/schemas.ts', 'lib/connections/a.ts', 'lib/sync/b.ts'],
    ['lib/sync/read.test.ts', 'lib/connections/b.ts', 'lib/connections/a.ts', 'lib/sync/b.ts'],
    ['lib/sync/sweep/a.ts', 'lib/sync/b.ts', 'lib/sync/b.ts', 'lib/sync/sweep/c.ts'],
    ['sandbox/main.ts', 'sandbox/b/x.ts', 'sandbox/b/y.ts', 'sandbox/world.ts'],
  ])('are not made by %s → %s, %s → %s', (a, b, c, d) => {
    expect(folderCircles([step(a, b), step(c, d)])).toEqual([]);
  });
});

describe('relative imports', () => {
  it('may not climb', async () => {
    const files = { 'lib/auth/a.ts': "import '../codat/b';\nimport './c';", 'lib/auth/c.ts': '' };
    expect(relativePaths(importsOf(await cruiseFiles(files)))).toEqual([
      'lib/auth/a.ts → ../codat/b: write it from the root, with @/',
    ]);
  });
});

describe("the mark 'server-only'", () => {
  const lines = [
    "import { getDb } from '@/db/client';",
    "import { getEnv } from '@/env.ts';",
    "import { createHmac } from 'node:crypto';",
    "import { headers } from 'next/headers';",
    "import { eq } from 'drizzle-orm';",
    "import { b } from './b';",
  ];

  it('is asked for, save where only types are imported', async () => {
    const files = Object.fromEntries(
      lines.flatMap((line, index) => [
        [`lib/x/needs-${index}.ts`, line],
        [`lib/x/has-${index}.ts`, `import 'server-only';\n${line}`],
        [`lib/x/types-${index}.ts`, line.replace('import', 'import type')],
      ]),
    );
    files['lib/x/b.ts'] = "import 'server-only';";
    const found = unmarkedServerModules(importsOf(await cruiseFiles(files)));
    expect(found.map((line) => line.split(' ')[0])).toEqual(
      lines.map((_line, index) => `lib/x/needs-${index}.ts`),
    );
  });
});

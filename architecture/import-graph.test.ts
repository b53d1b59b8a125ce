import { describe, expect, it } from 'vitest';
import { checkDomainCircles, checkFileCircles } from './circles';
import { checkAreas, checkDatabaseUse, checkFolders, checkRelativePaths } from './folder-rules';
import { buildGraph, type Edge, type Violation } from './import-graph';
import { readSources, type SourceFiles } from './source-files';
import {
  checkCodatKnowledge,
  checkEnvironment,
  checkInlineActions,
  checkReadableImports,
  checkServerOnly,
  checkTracing,
} from './source-rules';

type Check = (files: SourceFiles, edges: Edge[]) => Violation[];

const onEdges = (check: (edges: Edge[]) => Violation[]): Check => {
  return (_files, edges) => check(edges);
};

/** Files by path and code, with everything that they import there too. */
function violations(check: Check, files: Record<string, string>): Violation[] {
  const sources = new Map(Object.entries(files));
  return check(sources, buildGraph(sources));
}

const repository = readSources();
const graph = buildGraph(repository);

describe('folders', () => {
  const check = onEdges(checkFolders);
  const forbidden = [
    ['app/page.tsx', '@/db/client'],
    ['app/page.tsx', '@/sandbox/world'],
    ['components/ui/card.tsx', '@/app/layout'],
    ['components/ui/card.tsx', '@/lib/connections/queries'],
    ['components/ui/card.tsx', '@/lib/auth/session'],
    ['lib/auth/session.ts', '@/app/layout'],
    ['lib/auth/session.ts', '@/components/ui/card'],
    ['lib/auth/session.ts', '@/sandbox/world'],
    ['db/client.ts', '@/lib/logger'],
    ['db/client.ts', '@/messages/errors'],
    ['app/page.tsx', '@/messages/en/connect.json'],
    ['lib/linking/consent.ts', '@/messages/en/connect.json'],
    ['messages/translator.ts', '@/env'],
    ['sandbox/main.ts', '@/env'],
    ['sandbox/main.ts', '@/db/client'],
    ['sandbox/main.ts', '@/messages/errors'],
    ['sandbox/main.test.ts', '@/lib/codat/companies'],
    ['commands/migrate.ts', '@/app/layout'],
    ['commands/seed.ts', '@/sandbox/world'],
    ['e2e/main.spec.ts', '@/app/layout'],
    ['lib/auth/session.test.ts', '@/sandbox/world'],
    ['proxy.ts', '@/db/client'],
    ['helpers/new.ts', '@/env'],
    ['lib/auth/session.ts', '@/testing/make-customer'],
    ['lib/auth/session.ts', '@/lib/auth/throttle.test.ts'],
  ] as const;

  it.each(forbidden)('forbids %s → %s', (from, specifier) => {
    expect(violations(check, { [from]: `import { x } from '${specifier}';` })).toHaveLength(1);
    expect(violations(check, { [from]: `export { x } from '${specifier}';` })).toHaveLength(1);
    expect(violations(check, { [from]: `await import('${specifier}');` })).toHaveLength(1);
  });

  it.each([
    ['app/page.tsx', '@/components/ui/card'],
    ['app/page.tsx', '@/lib/connections/queries'],
    ['app/page.tsx', '@/messages/connections'],
    ['components/status.tsx', '@/lib/connections/schemas.ts'],
    ['components/ui/form-summary.tsx', '@/lib/form-state.ts'],
    ['lib/auth/session.ts', '@/db/client'],
    ['db/client.ts', '@/env.ts'],
    ['lib/auth/session.test.ts', '@/testing/make-customer'],
  ])('allows %s → %s', (from, specifier) => {
    expect(violations(check, { [from]: `import { x } from '${specifier}';` })).toEqual([]);
  });

  it('keeps to it', () => expect(checkFolders(graph)).toEqual([]));
});

describe('texts', () => {
  const check = onEdges(checkAreas);

  it('are imported by the module of their area', () => {
    const line = "import texts from './en/errors.json';";
    expect(violations(check, { 'messages/auth.ts': line })).toHaveLength(1);
    expect(violations(check, { 'messages/translator.ts': line })).toHaveLength(1);
    expect(violations(check, { 'messages/errors.ts': line })).toEqual([]);
    expect(checkAreas(graph)).toEqual([]);
  });

  it('are together only where a browser cannot get them', () => {
    expect(repository.get('messages/message-text.ts')).toMatch(/^import 'server-only';/);
  });
});

describe('the database', () => {
  const check = onEdges(checkDatabaseUse);

  it.each([
    ['app/page.tsx', 'drizzle-orm'],
    ['app/api/route.ts', 'pg'],
    ['components/list.tsx', 'drizzle-orm/pg-core'],
    ['proxy.ts', '@/db/client'],
    ['sandbox/main.ts', 'drizzle-orm'],
  ])('forbids %s → %s', (from, specifier) => {
    expect(violations(check, { [from]: `import { x } from '${specifier}';` })).toHaveLength(1);
  });

  it('is spoken to by lib and db alone', () => expect(checkDatabaseUse(graph)).toEqual([]));
});

describe('relative paths', () => {
  const check = onEdges(checkRelativePaths);

  it('forbids to climb into another folder', () => {
    expect(violations(check, { 'lib/auth/a.ts': "import { b } from '../codat/b';" })).toHaveLength(
      1,
    );
    expect(violations(check, { 'lib/auth/a.ts': "import { b } from './b';" })).toEqual([]);
  });

  it('stay in their folder', () => expect(checkRelativePaths(graph)).toEqual([]));
});

describe('circles', () => {
  it('finds files that import each other', () => {
    const files = {
      'lib/a.ts': "import { b } from './b';",
      'lib/b.ts': "import { c } from './c';",
      'lib/c.ts': "export const late = () => import('./a');",
    };
    expect(violations(onEdges(checkFileCircles), files)).toEqual([
      'lib/a.ts → lib/b.ts → lib/c.ts → lib/a.ts: a circle of files',
    ]);
    const typesOnly = { ...files, 'lib/c.ts': "import type { A } from './a';" };
    expect(violations(onEdges(checkFileCircles), typesOnly)).toEqual([]);
  });

  it('finds domains that import each other, by types too, but not by schemas.ts', () => {
    const files = {
      'lib/sync/read.ts': "import type { View } from '@/lib/connections/connection-summary';",
      'lib/connections/connection-summary.ts': "import { x } from '@/lib/sync/other';",
      'lib/connections/schemas.ts': "import type { Read } from '@/lib/sync/read';",
      'lib/sync/other.ts': '',
    };
    expect(violations(onEdges(checkDomainCircles), files)).toHaveLength(1);
    const neutral = {
      ...files,
      'lib/sync/read.ts': "import type { View } from '@/lib/connections/schemas';",
    };
    expect(violations(onEdges(checkDomainCircles), neutral)).toEqual([]);
  });

  it('counts the files that lie in lib itself as one domain', () => {
    const files = {
      'lib/action.ts': "import { getActor } from './auth/session';",
      'lib/errors.ts': '',
      'lib/auth/session.ts': "import { AppError } from '@/lib/errors';",
    };
    expect(violations(onEdges(checkDomainCircles), files)).toHaveLength(1);
  });

  it('do not exist between files', () => expect(checkFileCircles(graph)).toEqual([]));
  it('do not exist between domains', () => expect(checkDomainCircles(graph)).toEqual([]));
});

describe('imports', () => {
  it('finds what hides an import', () => {
    expect(
      violations(checkReadableImports, { 'lib/a.ts': "const b = require('b');" }),
    ).toHaveLength(1);
    expect(violations(checkReadableImports, { 'lib/a.ts': 'await import(name);' })).toHaveLength(1);
    expect(violations(checkReadableImports, { 'lib/a.ts': '// require(b)' })).toEqual([]);
  });

  it('are readable', () => expect(checkReadableImports(repository)).toEqual([]));
});

describe('the environment', () => {
  it.each([
    ['lib/auth/a.ts', 'export const secret = process.env.SECRET;'],
    ['app/page.tsx', "export const secret = process['env'].SECRET;"],
    ['lib/auth/a.ts', 'const { env } = process;'],
    ['lib/auth/a.ts', "import { env } from 'node:process';"],
    ['lib/auth/a.ts', `const text = \`\${process.env.SECRET}\`;`],
    ['instrumentation.ts', 'if (process.env.WORKER) start();'],
    ['sandbox/config.ts', 'const port = process.env.SANDBOX_PORT;'],
  ])('finds a read in %s', (path, source) => {
    expect(violations(checkEnvironment, { [path]: source })).toHaveLength(1);
  });

  it('is read by env.ts alone', () => expect(checkEnvironment(repository)).toEqual([]));
});

describe('server actions', () => {
  it('are in files of their own', () => {
    const inline = "export function Page() { async function save() { 'use server'; } }";
    expect(violations(checkInlineActions, { 'app/page.tsx': inline })).toHaveLength(1);
    expect(
      violations(checkInlineActions, { 'app/actions.ts': "'use server';\nexport const a = 1;" }),
    ).toEqual([]);
    expect(checkInlineActions(repository)).toEqual([]);
  });
});

describe('Codat', () => {
  it.each([
    ['lib/companies/a.ts', `call(\`/companies/\${id}\`);`],
    ['lib/companies/a.ts', "fetch('https://api.codat.io/profile');"],
    ['app/page.tsx', 'getEnv().CODAT_API_KEY;'],
    ['lib/sync/a.ts', "import { callCodat } from '@/lib/codat/client.ts';"],
  ])('finds its API in %s', (path, source) => {
    expect(violations(checkCodatKnowledge, { [path]: source })).not.toEqual([]);
  });

  it('is known to lib/codat alone', () => {
    expect(checkCodatKnowledge(repository, graph)).toEqual([]);
  });
});

describe('server-only', () => {
  const marked = "import 'server-only';\n";

  it.each([
    ["import { getDb } from '@/db/client';"],
    ["import { getEnv } from '@/env.ts';"],
    ["import { createHmac } from 'node:crypto';"],
    ["import { headers } from 'next/headers';"],
    ["import { b } from './b';"],
  ])('is asked for by %s', (line) => {
    const others = { 'lib/x/b.ts': marked };
    expect(violations(checkServerOnly, { 'lib/x/a.ts': line, ...others })).toHaveLength(1);
    expect(violations(checkServerOnly, { 'lib/x/a.ts': marked + line, ...others })).toEqual([]);
    const asType = line.replace('import', 'import type');
    expect(violations(checkServerOnly, { 'lib/x/a.ts': asType, ...others })).toEqual([]);
  });

  it('stands at the top of every module that needs the server', () => {
    expect(checkServerOnly(repository, graph)).toEqual([]);
  });
});

describe('what collects traces', () => {
  it.each([
    ['lib/runtime/span.ts', "import { x } from '@opentelemetry/sdk-trace';"],
    ['lib/codat/a.ts', "import { cleanSpan } from '@/lib/runtime/tracing/clean-span';"],
    ['lib/runtime/tracing/trace-if-wanted.ts', "import { startTracing } from './start-tracing';"],
  ])('is not loaded by %s', (path, line) => {
    const others = {
      'lib/runtime/tracing/clean-span.ts': '',
      'lib/runtime/tracing/start-tracing.ts': '',
    };
    expect(violations(checkTracing, { [path]: line, ...others })).toHaveLength(1);
  });

  it('is loaded where traces are wanted, and nowhere else', () => {
    expect(checkTracing(repository, graph)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { readSources } from './source-files';
import {
  boundTexts,
  codatKnowledge,
  environment,
  fixedLanguages,
  hiddenImports,
  inlineActions,
  ownBusiness,
  type SourceRule,
  sourceRules,
} from './source-rules';
import { parse, piecesOf } from './syntax';

function violations(rules: SourceRule[], path: string, source: string): string[] {
  const body = parse(path, source);
  const pieces = piecesOf(body);
  return rules.flatMap((rule) => rule(path, body, pieces));
}

it('the repository keeps the rules on sources', () => {
  const sources = [...readSources()];
  expect(sources.length).toBeGreaterThan(500);
  expect(sources.flatMap(([path, source]) => violations(sourceRules, path, source))).toEqual([]);
});

describe('imports', () => {
  it.each(["const b = require('b');", 'await import(name);', `await import(\`./\${name}\`);`])(
    'are not hidden by %s',
    (source) => {
      expect(violations([hiddenImports], 'lib/a.ts', source)).toHaveLength(1);
    },
  );

  it.each(['// require(b)', "await import('./b');", 'loader.require(b);'])('allow %s', (source) => {
    expect(violations([hiddenImports], 'lib/a.ts', source)).toEqual([]);
  });
});

describe('the environment', () => {
  it.each([
    ['lib/auth/a.ts', 'export const secret = process.env.SECRET;'],
    ['app/page.tsx', "export const secret = process['env'].SECRET;"],
    ['app/page.tsx', 'export const secret = process?.env?.SECRET;'],
    ['app/page.tsx', 'export const secret = globalThis.process.env.SECRET;'],
    ['lib/auth/a.ts', 'const { env } = process;'],
    ['lib/auth/a.ts', 'read(process);'],
    ['lib/auth/a.ts', "import { env } from 'node:process';"],
    ['lib/auth/a.ts', `const text = \`\${process.env.SECRET}\`;`],
    ['instrumentation.ts', 'if (process.env.WORKER) start();'],
    ['sandbox/config.ts', 'const port = process.env.SANDBOX_PORT;'],
  ])('is not read by %s: %s', (path, source) => {
    expect(violations([environment], path, source)).toHaveLength(1);
  });

  it.each([
    ['env.ts', 'const settings = process.env;'],
    ['lib/a.ts', 'process.exit(Number(process.argv[2]));'],
    ['lib/a.test.ts', 'process.env.SECRET = "x";'],
    ['instrumentation.ts', "if (process.env.NEXT_RUNTIME === 'nodejs') start();"],
  ])('may be used by %s: %s', (path, source) => {
    expect(violations([environment], path, source)).toEqual([]);
  });
});

describe('server actions', () => {
  it('are in files of their own', () => {
    const inline = "export function Page() { async function save() { 'use server'; } }";
    expect(violations([inlineActions], 'app/page.tsx', inline)).toHaveLength(1);
    const both = `'use server';\n${inline}`;
    expect(violations([inlineActions], 'app/actions.ts', both)).toHaveLength(1);
    const atTop = "'use server';\nexport const a = 1;";
    expect(violations([inlineActions], 'app/actions.ts', atTop)).toEqual([]);
  });
});

describe("Codat's API", () => {
  it.each([
    ['lib/companies/a.ts', `call(\`/companies/\${id}\`);`],
    ['lib/companies/a.ts', "call('/webhooks');"],
    ['lib/companies/a.ts', "fetch('https://api.codat.io/profile');"],
    ['app/page.tsx', 'getEnv().CODAT_API_KEY;'],
  ])('is not known to %s: %s', (path, source) => {
    expect(violations([codatKnowledge], path, source)).toEqual([
      `${path}: only lib/codat knows Codat's API`,
    ]);
  });

  it.each([
    ['lib/codat/a.ts', `call(\`/companies/\${id}\`);`],
    ['app/page.tsx', "// see '/companies' of api.codat.io"],
    ['app/page.tsx', "link('/admin/companies');"],
  ])('is not named by %s: %s', (path, source) => {
    expect(violations([codatKnowledge], path, source)).toEqual([]);
  });
});

describe('texts', () => {
  it.each([
    "const t = await getT('connect');",
    "export const t = tIn('connect', 'en');",
    "const labels = { name: tIn('auth', 'en')('fields.name') };",
    "export const head = [translatorOf('en', texts)('id')];",
  ])('are not bound when a module is loaded: %s', (source) => {
    expect(violations([boundTexts], 'app/a.tsx', source)).toHaveLength(1);
  });

  it.each([
    "export async function generateMetadata() { return { title: (await getT('auth'))('title') }; }",
    "export const save = personAction(schema, async () => { const t = await getT('auth'); });",
    "export const labelsOf = () => tIn('auth', 'en');",
  ])('are got when they are shown: %s', (source) => {
    expect(violations([boundTexts], 'app/a.tsx', source)).toEqual([]);
  });

  it.each([
    "new Intl.NumberFormat('en-GB').format(1);",
    'count.toLocaleString();',
    'new Date().toLocaleDateString();',
  ])('are in no language that is fixed: %s', (source) => {
    expect(violations([fixedLanguages], 'components/a.tsx', source)).toHaveLength(1);
    expect(violations([fixedLanguages], 'messages/locales.ts', source)).toEqual([]);
  });
});

describe("customers' pages", () => {
  const page = 'app/(customer)/connections/page.tsx';

  it('bring the header of their business', () => {
    const bare = 'export default () => <main>Connections</main>;';
    expect(violations([ownBusiness], page, bare)).toHaveLength(1);
    const framed = 'export default () => <BusinessPage>Connections</BusinessPage>;';
    expect(violations([ownBusiness], page, framed)).toEqual([]);
    expect(violations([ownBusiness], 'app/(public)/page.tsx', bare)).toEqual([]);
  });

  it('say in links which business they mean', () => {
    const part = 'app/(customer)/_components/a.tsx';
    const nameless = 'export const A = () => <Link href="/connect">Connect</Link>;';
    expect(violations([ownBusiness], part, nameless)).toHaveLength(1);
    const named = 'export const A = () => <Link href={connectHref}>Connect</Link>;';
    expect(violations([ownBusiness], part, named)).toEqual([]);
  });
});

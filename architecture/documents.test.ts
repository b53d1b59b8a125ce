import { describe, expect, it } from 'vitest';
import {
  checkDependencies,
  checkPaths,
  checkScripts,
  checkTree,
  type Document,
  readExampleSettings,
  readSettings,
  readTableFolders,
  readTree,
} from './documents';
import { listFiles, readText } from './source-files';

type Package = Record<
  'scripts' | 'dependencies' | 'devDependencies' | 'optionalDependencies',
  object
>;

const files = listFiles();
const documents = files
  .filter((path) => /^((README|CONTRIBUTING|sandbox\/README)\.md|docs\/.*\.md)$/.test(path))
  .map((path): Document => ({ path, text: readText(path) }));
const manifest = JSON.parse(readText('package.json')) as Package;

describe('checkPaths', () => {
  const known = ['README.md', 'env.ts', 'lib/auth/session.ts', 'docs/decisions/001-a.md'];
  const check = (text: string, path = 'README.md') => checkPaths({ path, text }, known);

  it('finds what is cited and missing', () => {
    expect(check('See `lib/environment.ts`.')).toEqual([
      'README.md: there is no lib/environment.ts',
    ]);
    expect(check('See `lib/gone/`.')).toHaveLength(1);
    expect(check('See `missing.md`.')).toHaveLength(1);
    expect(check('See `lib/*/gone.ts`.')).toHaveLength(1);
    expect(check('See [this](docs/decisions/002-b.md#why).')).toHaveLength(1);
    expect(check('<img src="docs/none.png" alt="">')).toHaveLength(1);
    expect(check('[up](../lib/none.ts)', 'docs/decisions/001-a.md')).toHaveLength(1);
  });

  it('passes what is there, and what is no path', () => {
    const text =
      '`env.ts` `lib/` `lib/*/session.ts` `text/html` `@hono/node-server` `/connect` `.data/`';
    expect(check(text)).toEqual([]);
    expect(check('`session.ts` `*.ts` `.mjs`')).toEqual([]);
    expect(check('[a](docs/decisions) [b](https://example.com/x.md) [c](#top)')).toEqual([]);
    expect(check('[up](../../env.ts)', 'docs/decisions/001-a.md')).toEqual([]);
    expect(check('```sh\ncat `lib/none.ts`\n```')).toEqual([]);
  });
});

describe('documents', () => {
  it('are there', () => {
    expect(files).toEqual(
      expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'LICENSE', '.env.example']),
    );
    expect(documents.length).toBeGreaterThan(20);
  });

  it('cite paths that exist', () => {
    expect(documents.flatMap((document) => checkPaths(document, files))).toEqual([]);
  });

  it('name npm scripts that exist', () => {
    const scripts = Object.keys(manifest.scripts);
    expect(checkScripts({ path: 'a.md', text: 'npm run gone' }, scripts)).toHaveLength(1);
    expect(documents.flatMap((document) => checkScripts(document, scripts))).toEqual([]);
  });
});

describe('the tree in docs/architecture.md', () => {
  const tree = readTree(readText('docs/architecture.md'));

  it('shows the folders that there are', () => {
    expect(tree.length).toBeGreaterThan(30);
    expect(checkTree(tree, files)).toEqual([]);
  });

  it('shows those of the table in CONTRIBUTING.md', () => {
    const top = tree.map(({ path }) => path).filter((path) => /^[\w-]+\/$/.test(path));
    expect(readTableFolders(readText('CONTRIBUTING.md')).sort()).toEqual(top.sort());
  });

  it('may not be wrong', () => {
    const text =
      '# A\n```\nenv.ts  settings\nlib/  all\n  auth/  sessions\n  gone/  no\ndb/\n```\n';
    const there = [
      'env.ts',
      'lib/auth/a.ts',
      'lib/sync/b.ts',
      'app/page.tsx',
      'db/c.ts',
      '.ci/run',
    ];
    expect(checkTree(readTree(text), there)).toEqual([
      'app/ is not drawn',
      'lib/sync/ is not drawn',
      'there is no lib/gone/',
      'db/: say what is in it',
    ]);
    expect(readTableFolders('| `a/`, `b/` | `c/` |\n|---|---|\n')).toEqual(['a/', 'b/']);
  });
});

describe('.env.example', () => {
  it('names every setting, and nothing else', () => {
    const settings = readSettings(readText('env.ts'));
    expect(settings).toContain('CODAT_WEBHOOK_SECRET');
    expect(readExampleSettings(readText('.env.example')).sort()).toEqual(settings.sort());
  });
});

describe('decisions', () => {
  const decisions = documents.filter(({ path }) => path.startsWith('docs/decisions/'));

  it('are numbered without gaps, and have the three parts', () => {
    const numbers = decisions.map(({ path }) => Number(path.match(/\/(\d{3})-/)?.[1]));
    expect(numbers.sort((a, b) => a - b)).toEqual(decisions.map((_one, index) => index + 1));
    for (const { path, text } of decisions) {
      expect(text, path).toMatch(
        /\*\*Context\.\*\*[\s\S]+\*\*Decision\.\*\*[\s\S]+\*\*Consequences\.\*\*/,
      );
    }
  });

  it('earn every dependency', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(checkDependencies(['left-pad'], decisions)).toHaveLength(1);
    expect(checkDependencies(names, decisions)).toEqual([]);
  });
});

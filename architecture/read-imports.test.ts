import { describe, expect, it } from 'vitest';
import { readImports } from './read-imports';

const plain = (specifier: string) => ({ specifier, typeOnly: false });

describe('readImports', () => {
  it('reads every form of import and re-export', () => {
    const source = `import 'server-only';
import fallback, { type One, two } from "./a";
import * as all from '@/lib/b';
import {
  many,
  lines,
} from '@/lib/c';
export { x } from './d';
export * from './e';
const late = await import('./f');
`;
    expect(readImports(source)).toEqual(
      ['server-only', './a', '@/lib/b', '@/lib/c', './d', './e', './f'].map(plain),
    );
  });

  it('tells imports of types alone from those that run', () => {
    const source = `import type { A } from './a';
export type { B } from './b';
import { type C } from './c';
import type, { D } from './d';
`;
    expect(readImports(source)).toEqual([
      { specifier: './a', typeOnly: true },
      { specifier: './b', typeOnly: true },
      plain('./c'),
      plain('./d'),
    ]);
  });

  it('is not misled by comments, strings, templates and regular expressions', () => {
    const source = [
      "// import './comment';",
      "/* import './block';",
      "import './block-too'; */",
      "const text = 'https://example.com/*'; // import('./after')",
      'const shown = "import(\'./quoted\')";',
      `const template = \`import './template'; \${await import('./inside')}\`;`,
      'const lines = `',
      "import './line';",
      '`;',
      'const quote = /[\'"`]/;',
      "import { real } from './real';",
      'export const value = "from \'./no\'";',
      "export const other = 'x';",
    ].join('\n');
    expect(readImports(source).map(({ specifier }) => specifier)).toEqual(['./real', './inside']);
  });

  it('owns up to an import whose target it cannot read', () => {
    expect(readImports('await import(name);')).toEqual([{ specifier: null, typeOnly: false }]);
  });
});

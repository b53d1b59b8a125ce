import type { IFlattenedRuleSet, IForbiddenRuleType } from 'dependency-cruiser';

const testFile = '[.](test|spec)[.]\\w+$';

/** Tests, and what only they use. */
export const tests = `${testFile}|^(sandbox/)?testing/|^(e2e|bench|resilience|architecture)/`;

// The modules that give texts, not the files of a language behind them.
const texts = '^messages/[\\w-]+[.]tsx?$';
const serverTexts = '^messages/server/';
const env = '^env(-values)?[.]ts$';

/** What a top folder's files may import besides packages. What is not listed is forbidden. */
const mayImport: Record<string, string[]> = {
  app: ['^app/', '^components/', '^lib/', texts, serverTexts, env],
  // Only what also works in a browser: the words that form, page and use-case share.
  components: ['^components/', '^lib/.+/types[.]ts$', '^lib/form-state[.]ts$', texts],
  lib: ['^lib/', '^db/', texts, serverTexts, env],
  db: ['^db/', env],
  // The environment only for messages/server/: the rest also works in a browser.
  messages: ['^messages/', env],
  commands: ['^commands/', '^lib/', '^db/', texts, serverTexts, env],
  sandbox: ['^sandbox/'],
  tools: ['^tools/'],
  testing: ['^testing/', '^lib/', '^db/', '^tools/(building/bundle|paths)[.]mjs$', env],
  e2e: [
    '^e2e/',
    texts,
    // The running portal is held to this table.
    '^architecture/access-rules[.]ts$',
    '^tools/building/deployment[.]mjs$',
    '^resilience/stack/balancer[.]ts$',
  ],
  bench: ['^bench/', '^lib/', '^db/', '^testing/', env],
  // Attacks start and stop processes as the launcher does.
  resilience: ['^resilience/', '^lib/', '^db/', '^tools/', '^testing/', env],
  // The permissions that the table of doors names.
  architecture: ['^architecture/', '^lib/actor[.]ts$'],
};

/** What a folder's tests may import as well, to set a scene. */
const testsMayImport: Record<string, string[]> = {
  app: ['^db/', '^testing/'],
  lib: ['^testing/'],
  db: ['^lib/', '^testing/'],
  commands: ['^testing/'],
};

type From = { path?: string | string[]; pathNot?: string | string[] };

function forbid(name: string, comment: string, from: From, to: object): IForbiddenRuleType {
  return { name, comment, severity: 'error', from, to };
}

const local = { dependencyTypes: ['local'] };
const packages = (...names: string[]) => `^node_modules/(${names.join('|')})(/|$)`;

const folders = [
  ...Object.entries(mayImport).map(([folder, allowed]) => {
    const apart = folder in testsMayImport ? { pathNot: testFile } : {};
    const from = { path: `^${folder}/`, ...apart };
    return forbid(`${folder}-imports`, `${folder}/ may not import this`, from, {
      ...local,
      pathNot: allowed,
    });
  }),
  ...Object.entries(testsMayImport).map(([folder, more]) => {
    const from = { path: `^${folder}/.+${testFile}` };
    const pathNot = [...(mayImport[folder] ?? []), ...more];
    return forbid(`${folder}-tests-import`, `a test in ${folder}/ may not import this`, from, {
      ...local,
      pathNot,
    });
  }),
  forbid(
    'root-imports',
    'proxy.ts, instrumentation.ts and the settings of tools may not import this',
    { path: '^[^/]+$' },
    { ...local, pathNot: ['^lib/', env] },
  ),
  forbid(
    'folder-without-rule',
    'architecture/import-rules.ts does not say what this folder may import',
    { path: '/', pathNot: `^(node_modules|${Object.keys(mayImport).join('|')})/` },
    local,
  ),
];

const server = [
  // Lists of words hold in a browser too.
  '^(db/(?!schema/closed-sets[.]ts$)|env(-values)?[.]ts$)',
  packages('server-only', 'drizzle-orm', 'pg', 'pg-boss', 'next/headers[.]js'),
];
const tracing = '^lib/runtime/tracing/';
const tracingDoor = `${tracing}trace-if-wanted[.]ts$`;
const collecting = packages('@opentelemetry/(?!api/)[^/]+');

/** Every rule about imports that dependency-cruiser can hold on its own. */
export const importRules: IFlattenedRuleSet = {
  forbidden: [
    ...folders,
    forbid(
      'found',
      'what cannot be found escapes every other rule',
      // The build puts Next.js's server beside it.
      { pathNot: '^tools/building/server[.]mjs$' },
      { couldNotResolve: true },
    ),
    forbid('no-circles', 'these files import each other in a circle', {}, { circular: true }),
    forbid(
      'tests-only',
      'product code may not import what is only for tests',
      { pathNot: [tests, '^node_modules/'] },
      { path: tests },
    ),
    forbid(
      'database',
      'only lib, db and commands speak to the database',
      // The launcher waits for a PostgreSQL that it has started.
      { pathNot: [tests, '^(lib|db|commands|tools/postgres)/'] },
      { path: ['^db/', packages('drizzle-orm', 'pg', 'pg-boss')] },
    ),
    forbid(
      'works-in-a-browser',
      'this leads to what needs the server',
      {
        path: ['^components/', '^messages/', '^lib/.+/types[.]ts$', '^lib/form-state[.]ts$'],
        pathNot: [tests, serverTexts],
      },
      { path: server, reachable: true },
    ),
    forbid(
      'zod',
      'take z from lib/zod.ts, which sets it up before the first schema is made',
      { path: '^(app|components|lib|db|commands)/', pathNot: '^lib/zod[.]ts$' },
      { path: packages('zod') },
    ),
    forbid(
      'zod-on-the-server',
      'this is for browsers too, and would bring them Zod',
      {
        path: ['^components/', '^messages/', '^lib/.+/types[.]ts$', '^lib/form-state[.]ts$'],
        pathNot: serverTexts,
      },
      { path: '^lib/zod[.]ts$', reachable: true },
    ),
    forbid(
      'texts-of-a-page',
      'only messages/server/texts.ts has every text: a browser gets those of its page',
      { pathNot: ['^messages/server/texts[.]ts$', '^messages/global-error[.]ts$'] },
      { path: '^messages/.+[.]json$', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'texts-of-global-error',
      'the page that is shown when all else fails brings its own texts and no others',
      { path: '^messages/global-error[.]ts$' },
      { path: '^messages/.+[.]json$', pathNot: '^messages/[\\w-]+/global-error[.]json$' },
    ),
    forbid(
      'codat-client',
      "only lib/codat calls Codat's API",
      { pathNot: [tests, '^lib/codat/'] },
      { path: '^lib/codat/client[.]ts$' },
    ),
    forbid(
      'tracing',
      'go by lib/runtime/span.ts or traceIfWanted(): this loads the SDK though nobody asked for it',
      { pathNot: [tests, tracing] },
      { path: [collecting, tracing], pathNot: tracingDoor, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'tracing-on-demand',
      'load what collects spans by import(), when it is wanted',
      { path: tracingDoor },
      { path: [collecting, tracing], dynamic: false, dependencyTypesNot: ['type-only'] },
    ),
  ],
  required: [
    {
      name: 'all-texts-on-the-server',
      comment: 'it has every text: a browser must not get it',
      severity: 'error',
      module: { path: '^messages/server/texts[.]ts$' },
      to: { path: packages('server-only') },
    },
  ],
};

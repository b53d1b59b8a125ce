import { describeEdge, type Edge, isTest, packageOf, type Violation } from './import-graph';

// The modules that give texts, not the files of a language behind them.
/** Every setting, checked at the start: the ground of the house. */
const env = /^env\.ts$/;
const texts = /^messages\/[\w-]+(\.ts)?$/;

/** What the files of a top folder may import, besides packages. What is not here is forbidden. */
const mayImport: Record<string, RegExp[]> = {
  app: [/^app\//, /^components\//, /^lib\//, env, texts],
  // Of lib only what holds in a browser too: words shared by form, page and use-case.
  components: [/^components\//, texts, /^lib\/([\w-]+\/)*schemas\.ts$/, /^lib\/form-state\.ts$/],
  lib: [/^lib\//, /^db\//, env, texts],
  db: [/^db\//, env],
  messages: [/^messages\//],
  sandbox: [/^sandbox\//],
  commands: [/^commands\//, /^lib\//, /^db\//, env, texts],
  tools: [/^tools\//],
  testing: [/^testing\//, /^lib\//, /^db\//, env, /^sandbox\//],
  // The table of who may what, which the browser tests hold the running portal to; and how a build
  // is named, and what stands in front of several processes.
  e2e: [
    /^e2e\//,
    texts,
    /^architecture\/access-rules\.ts$/,
    /^tools\/building\/deployment\.mjs$/,
    /^resilience\/stack\/balancer\.ts$/,
  ],
  bench: [/^bench\//, /^lib\//, /^db\//, /^testing\//, env],
  // It starts and stops processes as the launcher does, and takes part as one more of them.
  resilience: [/^resilience\//, /^lib\//, /^db\//, /^tools\//, /^testing\//, env],
  architecture: [/^architecture\//],
  // proxy.ts, instrumentation.ts and the settings of tools.
  '': [/^lib\//, env],
};

/** Tests may use the portal's own parts to set a scene; never another folder's inside. */
const testsMayImport: Record<string, RegExp[]> = {
  lib: [/^(lib|db|testing)\//, env, texts],
  db: [/^(db|lib|testing)\//, env],
  // They are run as they are shipped: bundled.
  commands: [/^(commands|lib|db|testing)\//, /^tools\/building\/bundle\.mjs$/, env],
  app: [/^(app|components|lib|db)\//, texts],
};

const topFolder = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

/** Imports that leave their folder in a direction that is not allowed. */
export function checkFolders(edges: Edge[]): Violation[] {
  return edges.flatMap((edge) => {
    const { from, to } = edge;
    if (to === null) return [];
    const folder = topFolder(from);
    const allowed = (isTest(from) && testsMayImport[folder]) || mayImport[folder];
    if (!allowed) return [describeEdge(edge, `there is no rule for the folder ${folder}`)];
    if (!allowed.some((pattern) => pattern.test(to))) {
      return [describeEdge(edge, `${folder || 'the root'} may not import this`)];
    }
    if (isTest(to) && !isTest(from)) return [describeEdge(edge, 'this is for tests alone')];
    return [];
  });
}

/**
 * A module of texts that takes another area's too: whoever imports it would carry both into the
 * browser. The one that has all of them is for the server.
 */
export function checkAreas(edges: Edge[]): Violation[] {
  return edges
    .filter(({ from, to }) => {
      const area = to?.match(/^messages\/[\w-]+\/([\w-]+)\.json$/)?.[1];
      return area && from !== 'messages/message-text.ts' && from !== `messages/${area}.ts`;
    })
    .map((edge) => describeEdge(edge, 'only the module of its area imports a file of texts'));
}

const databasePackages = ['drizzle-orm', 'pg', 'pg-boss'];
const mayUseDatabase = /^(lib|db|commands|testing|bench|resilience)\//;

/** Imports of the database, or of what speaks to it, outside of `lib`, `db` and the commands. */
export function checkDatabaseUse(edges: Edge[]): Violation[] {
  return edges
    .filter(({ from }) => !mayUseDatabase.test(from) && !isTest(from))
    .filter(({ to, specifier }) =>
      to === null ? databasePackages.includes(packageOf(specifier)) : to.startsWith('db/'),
    )
    .map((edge) => describeEdge(edge, 'only lib and db speak to the database'));
}

const ownFolders = /^(app|components|lib|db|messages|commands|sandbox|e2e)\//;

/** Relative imports that leave their folder: they would hide which part uses which. */
export function checkRelativePaths(edges: Edge[]): Violation[] {
  return edges
    .filter(({ from, specifier }) => ownFolders.test(from) && specifier.startsWith('..'))
    .map((edge) => describeEdge(edge, 'write it from the root, with @/'));
}

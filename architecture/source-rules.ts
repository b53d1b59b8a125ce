import { describeEdge, type Edge, isTest, type Violation } from './import-graph';
import { maskSource } from './mask-source';
import { readImports } from './read-imports';
import type { SourceFiles } from './source-files';

/** `require()` would slip past the graph, and so would an import whose target is computed. */
export function checkReadableImports(files: SourceFiles): Violation[] {
  return [...files].flatMap(([path, source]) => {
    const computed = readImports(source).some(({ specifier }) => specifier === null);
    const required = /(?<![.\w])require\s*\(/.test(maskSource(source).codeOnly);
    return [
      ...(computed ? [`${path}: the target of an import() is not a plain string`] : []),
      ...(required ? [`${path}: require() hides an import`] : []),
    ];
  });
}

// The settings of tools, scripts that start processes, and the one door of the local Codat.
const mayReadEnvironment =
  /^(env\.ts|[\w.-]+\.config\.\w+|(tools|commands)\/.+|sandbox\/main\.ts)$/;
const environment = /\bprocess\s*(\??\.\s*env\b|(\?\.)?\[)|[=(,]\s*process\s*[;,)]/;

/** Reads of the environment outside of env.ts. */
export function checkEnvironment(files: SourceFiles): Violation[] {
  return [...files].flatMap(([path, source]) => {
    if (mayReadEnvironment.test(path) || isTest(path)) return [];
    const { codeOnly } = maskSource(source);
    const code =
      path === 'instrumentation.ts'
        ? codeOnly.replace(/process\.env\.NEXT_RUNTIME\b/g, '')
        : codeOnly;
    const imported = readImports(source).some(({ specifier }) =>
      /^(node:)?process$/.test(specifier ?? ''),
    );
    return environment.test(code) || imported ? [`${path}: only env.ts reads the environment`] : [];
  });
}

/**
 * Server actions inside of a component. What such an action closes over travels through the browser,
 * sealed with a key that every build of the portal knows (tools/building/deployment.mjs).
 */
export function checkInlineActions(files: SourceFiles): Violation[] {
  return [...files].flatMap(([path, source]) => {
    if (!/^(app|components|lib)\//.test(path)) return [];
    const after = maskSource(source).withStrings.replace(/^\s*(['"])use server\1/, '');
    return /(['"])use server\1/.test(after)
      ? [`${path}: write the action into a file that starts with 'use server'`]
      : [];
  });
}

/** A path of Codat's API at the start of a string: the portal's own companies are under /admin. */
const codatPath = /['"`](\/companies\b|\/integrations\b|\/webhooks\b|\/profile\b)/;
const codatAccess = /\bapi\.codat\.io\b|\bCODAT_API_(URL|KEY)\b/;
const knowsPaths = /^(lib\/codat|sandbox)\//;
// The checks name these settings, to say that they are missing or wrong.
const knowsAccess = /^(lib\/(codat|operations\/checks)\/|env\.ts$|sandbox\/|tools\/|commands\/)/;

/** Codat's API outside of lib/codat: its paths, its address and key, or the bare client. */
export function checkCodatKnowledge(files: SourceFiles, edges: Edge[]): Violation[] {
  const named = [...files].flatMap(([path, source]) => {
    if (isTest(path)) return [];
    const { withStrings } = maskSource(source);
    const namesPath = !knowsPaths.test(path) && codatPath.test(withStrings);
    const namesAccess = !knowsAccess.test(path) && codatAccess.test(withStrings);
    return namesPath || namesAccess ? [`${path}: only lib/codat knows Codat's API`] : [];
  });
  const called = edges
    .filter(
      ({ from, to }) => to === 'lib/codat/client.ts' && !knowsPaths.test(from) && !isTest(from),
    )
    .map((edge) => describeEdge(edge, "only lib/codat calls Codat's API"));
  return [...named, ...called];
}

const serverPackage = /^(node:|next\/headers$|drizzle-orm(\/|$)|pg$|pg-boss$)/;
const serverFile = /^(db\/|env\.ts$)/;
// The tables are read by drizzle-kit, and the environment by the proxy, where the mark would throw.
const needsNoMark = /^(db\/schema\/|env\.ts$)/;

/**
 * Modules of lib and db that need the server and do not say so. A module needs it when at run time
 * it imports the database, the environment, the request's headers or Node itself, or a module that
 * carries the mark.
 */
export function checkServerOnly(files: SourceFiles, edges: Edge[]): Violation[] {
  const isMarked = (path: string) => files.get(path)?.startsWith("import 'server-only';") ?? false;
  const candidates = [...files.keys()].filter(
    (path) => /^(lib|db)\//.test(path) && !isTest(path) && !needsNoMark.test(path),
  );
  return candidates.flatMap((path) => {
    if (isMarked(path)) return [];
    const reason = edges.find(({ from, to, specifier, typeOnly }) => {
      if (from !== path || typeOnly) return false;
      return to === null ? serverPackage.test(specifier) : serverFile.test(to) || isMarked(to);
    });
    return reason ? [describeEdge(reason, "put import 'server-only' at the top")] : [];
  });
}

const collecting = /^@opentelemetry\/(?!api$)/;
const tracing = 'lib/runtime/tracing/';
const tracingDoor = `${tracing}trace-if-wanted.ts`;

/** What collects spans, imported where it would be loaded though nobody asked for traces. */
export function checkTracing(files: SourceFiles, edges: Edge[]): Violation[] {
  const outside = edges.filter(({ from, to, specifier, typeOnly }) => {
    if (typeOnly || isTest(from) || from.startsWith(tracing)) return false;
    return to === null ? collecting.test(specifier) : to.startsWith(tracing) && to !== tracingDoor;
  });
  const early = /^import (?!type\b).*from '(\.\/|@opentelemetry)/m.test(
    files.get(tracingDoor) ?? '',
  );
  return [
    ...outside.map((edge) => describeEdge(edge, 'go by lib/runtime/span.ts or traceIfWanted()')),
    ...(early ? [`${tracingDoor}: load what collects spans by import(), when it is wanted`] : []),
  ];
}

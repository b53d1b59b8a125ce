import type { Import } from './cruise';
import type { SourceFiles } from './source-files';

const entry = /^app\/(.*\/)?(page|layout|error|not-found)[.]tsx$/;
const startsWith = (directive: string) => new RegExp(`^(\\s|//.*)*['"]${directive}['"]`);
const isClient = startsWith('use client');
const isActions = startsWith('use server');

const used = (source: string) => [...source.matchAll(/\buseT\('(\w+)'\)/g)].map(([, area]) => area);
const given = (source: string) =>
  [...source.matchAll(/<GiveTexts areas=\{\[([^\]]*)\]\}/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/'(\w+)'/g)].map(([, area]) => area),
  );

/** The files that some files lead to at run time, themselves included, as far as `goesOn` says. */
function reach(
  from: string[],
  imports: Map<string, string[]>,
  goesOn: (path: string) => boolean,
): Set<string> {
  const reached = new Set(from);
  for (const path of reached) {
    if (!goesOn(path)) continue;
    for (const next of imports.get(path) ?? []) reached.add(next);
  }
  return reached;
}

/** The layouts around an entry: those of its own folder and of all above. */
function layoutsAround(path: string, files: SourceFiles): string[] {
  const folders = path.split('/').slice(0, -1);
  return folders
    .map((_, i) => `${folders.slice(0, i + 1).join('/')}/layout.tsx`)
    .filter((layout) => layout !== path && files.has(layout));
}

/**
 * Areas that a page's, layout's or error page's client components use, and that neither it nor a
 * layout around it gives to the browser: they would throw.
 */
export function missingTexts(files: SourceFiles, list: Import[]): string[] {
  const imports = new Map<string, string[]>();
  for (const { from, to, typeOnly } of list) {
    if (!typeOnly && files.has(to)) imports.set(from, [...(imports.get(from) ?? []), to]);
  }
  const source = (path: string) => files.get(path) ?? '';
  const onServer = (path: string) => !isClient.test(source(path));
  const inBrowser = (path: string) => !isActions.test(source(path));
  const givenBy = (path: string) =>
    [...reach([path], imports, onServer)].filter(onServer).flatMap((one) => given(source(one)));

  return [...files.keys()]
    .filter((path) => entry.test(path))
    .flatMap((path) => {
      const clients = [...reach([path], imports, onServer)].filter((one) => !onServer(one));
      const shown = reach(clients, imports, inBrowser);
      const areas = new Set([path, ...layoutsAround(path, files)].flatMap(givenBy));
      const missing = [...shown].flatMap((one) =>
        used(source(one))
          .filter((area) => !areas.has(area))
          .map((area) => `${path} does not give the texts of ${area} that ${one} uses`),
      );
      return [...new Set(missing)];
    })
    .sort();
}

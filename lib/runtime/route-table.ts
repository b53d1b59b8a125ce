import 'server-only';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '@/lib/zod';

export type RouteMatch = { route: string; params: Record<string, string> };
export type RouteTable = (url: string | undefined) => RouteMatch;

const entry = z.object({ page: z.string(), regex: z.string() });
const manifest = z.object({ staticRoutes: z.array(entry), dynamicRoutes: z.array(entry) });

/**
 * Finds the template of a request's route, such as `/connections/[connectionId]`, from what
 * `next build` wrote beside the server. What has no route is `unknown`: names that a stranger makes
 * up must not become labels.
 */
export function loadRouteTable(
  file = join(/* turbopackIgnore: true */ process.cwd(), '.next/routes-manifest.json'),
): RouteTable {
  const { staticRoutes, dynamicRoutes } = readManifest(file);
  const fixed = new Set(staticRoutes.map(({ page }) => page));
  const patterns = dynamicRoutes.map(({ page, regex }) => ({
    page,
    names: [...page.matchAll(/\[+(?:\.\.\.)?(\w+)\]+/g)].map(([, name = '']) => name),
    regex: new RegExp(regex),
  }));
  return (url) => {
    const path = (url ?? '').split('?', 1)[0]?.replace(/(?<=.)\/$/, '') ?? '';
    if (path.startsWith('/_next/static/')) return { route: '/_next/static', params: {} };
    if (fixed.has(path)) return { route: path, params: {} };
    for (const { page, names, regex } of patterns) {
      const found = regex.exec(path);
      if (!found) continue;
      const params = names.map((name, index) => [name, found[index + 1] ?? '']);
      return { route: page, params: Object.fromEntries(params) };
    }
    return { route: 'unknown', params: {} };
  };
}

// There is none while developing: routes come into being as they are asked for.
function readManifest(file: string): z.infer<typeof manifest> {
  try {
    return manifest.parse(JSON.parse(readFileSync(/* turbopackIgnore: true */ file, 'utf8')));
  } catch {
    return { staticRoutes: [], dynamicRoutes: [] };
  }
}

import { maskSource } from './mask-source';
import type { SourceFiles } from './source-files';

/** The ways into the portal that the files of `app/` make. */
export interface Doors {
  /** Routes of pages, such as `/connections/[connectionId]`. */
  pages: string[];
  /** Method and route of each route handler, such as `GET /api/health`. */
  handlers: string[];
  /** File and name of each server action. */
  actions: string[];
  /** What makes a door in a way that cannot be read from its file. */
  unreadable: string[];
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Every page, route handler and server action below `app/`. */
export function readDoors(files: SourceFiles): Doors {
  const doors: Doors = { pages: [], handlers: [], actions: [], unreadable: [] };
  for (const [path, source] of files) {
    if (!path.startsWith('app/') || /\.test\.tsx?$/.test(path)) {
      if (hasDirective(source)) doors.unreadable.push(`${path}: a server action outside of app/`);
      continue;
    }
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (/^page\.tsx?$/.test(name)) doors.pages.push(routeOf(path));
    if (/^route\.tsx?$/.test(name)) {
      const found = exportedNames(source).filter((item) => methods.includes(item));
      doors.handlers.push(...found.map((method) => `${method} ${routeOf(path)}`));
      if (found.length === 0) doors.unreadable.push(`${path}: no method can be made out`);
    }
    if (hasDirective(source)) {
      const atTop = /^(\s|\/\/.*|\/\*[\s\S]*?\*\/)*['"]use server['"]/.test(source);
      if (!atTop) doors.unreadable.push(`${path}: a server action inside of a function`);
      doors.actions.push(...exportedNames(source).map((item) => `${path} ${item}`));
    }
    if (/\bexport\s*\*/.test(maskSource(source).codeOnly)) {
      doors.unreadable.push(`${path}: export * hides what it opens`);
    }
  }
  return doors;
}

function hasDirective(source: string): boolean {
  return /^\s*['"]use server['"]/m.test(source);
}

/** `app/(customer)/connections/[connectionId]/page.tsx` is `/connections/[connectionId]`. */
function routeOf(path: string): string {
  const parts = path.split('/').slice(1, -1);
  return `/${parts.filter((part) => !/^(\(.*\)|@.*)$/.test(part)).join('/')}`;
}

/** Names that a module exports at run time. */
export function exportedNames(source: string): string[] {
  const { codeOnly } = maskSource(source);
  const declared = [
    ...codeOnly.matchAll(/^export\s+(?:async\s+)?(?:function\*?|const|let|var|class)\s+(\w+)/gm),
  ].map(([, name = '']) => name);
  const listed = [...codeOnly.matchAll(/^export\s*\{([^}]*)\}/gm)]
    .flatMap(([, names = '']) => names.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '' && !item.startsWith('type '))
    .map((item) => item.split(/\s+as\s+/).at(-1) ?? item);
  const byDefault = /^export\s+default\b/m.test(codeOnly) ? ['default'] : [];
  return [...declared, ...listed, ...byDefault];
}

import type { SourceFiles } from './source-files';
import { exportedNames, isDirective, parse, piecesOf, type Syntax, startsWith } from './syntax';

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
      if (source.includes('use server') && hasDirective(parse(path, source))) {
        doors.unreadable.push(`${path}: a server action outside of app/`);
      }
      continue;
    }
    const body = parse(path, source);
    const exported = exportedNames(body);
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (/^page\.tsx?$/.test(name)) doors.pages.push(routeOf(path));
    if (/^route\.tsx?$/.test(name)) {
      const found = exported.filter((item) => methods.includes(item));
      doors.handlers.push(...found.map((method) => `${method} ${routeOf(path)}`));
      if (found.length === 0) doors.unreadable.push(`${path}: no method can be made out`);
    }
    if (startsWith(body, 'use server')) {
      doors.actions.push(...exported.map((item) => `${path} ${item}`));
    } else if (hasDirective(body)) {
      doors.unreadable.push(`${path}: a server action inside of a function`);
    }
    if (exported.includes('*')) doors.unreadable.push(`${path}: what it exports cannot be read`);
  }
  return doors;
}

function hasDirective(body: Syntax[]): boolean {
  return piecesOf(body).some((piece) => isDirective(piece, 'use server'));
}

/** `app/(customer)/connections/[connectionId]/page.tsx` is `/connections/[connectionId]`. */
function routeOf(path: string): string {
  const parts = path.split('/').slice(1, -1);
  return `/${parts.filter((part) => !/^(\(.*\)|@.*)$/.test(part)).join('/')}`;
}

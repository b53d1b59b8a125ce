import 'server-only';
import type { Step } from './http';

/**
 * Makes the address of a request one that Next.js can read. It takes named parts out of an address
 * before any code of ours runs, and answers what it cannot decode with a bare 500.
 */
export const repairTarget: Step = ({ request }) => {
  request.url = readableTarget(request.url ?? '/');
};

/**
 * The target of a request as a path: without an origin, and with percent signs that encode nothing
 * kept as characters, so that such a path is simply not found.
 */
export function readableTarget(target: string): string {
  const local = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const query = local.search(/[?#]/);
  const [path, rest] = query < 0 ? [local, ''] : [local.slice(0, query), local.slice(query)];
  const readable = path.split('/').map((part) => (isReadable(part) ? part : escapePercent(part)));
  const joined = readable.join('/');
  return `${joined.startsWith('/') ? '' : '/'}${joined}${rest}`;
}

function isReadable(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

function escapePercent(part: string): string {
  return part.replaceAll('%', '%25');
}

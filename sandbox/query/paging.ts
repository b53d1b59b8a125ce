import { invalid } from '@/sandbox/errors/api-error';
import { unresolvedProperty } from './match-query';

export interface Page {
  page: number;
  pageSize: number;
}

const DEFAULT_PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 5000;

function readInteger(
  text: string | undefined,
  fallback: number,
  max: number,
  name: string,
): number {
  if (text === undefined) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > max) {
    throw invalid(name, `'${name}' must be between 1 and ${max}.`, 'InclusiveBetweenValidator');
  }
  return value;
}

/** Reads `page` (default 1) and `pageSize` (default 100, at most 5000); throws a 400 out of range. */
export function readPage(parameters: Record<string, string | undefined>): Page {
  return {
    page: readInteger(parameters.page, 1, 1_000_000_000, 'page'),
    pageSize: readInteger(parameters.pageSize, DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, 'pageSize'),
  };
}

/** The envelope of every list; links are relative, `next` and `previous` only where they exist. */
export function pageEnvelope<Item>(
  results: Item[],
  total: number,
  { page, pageSize }: Page,
  url: URL,
) {
  const href = (number: number): { href: string } => {
    const search = new URLSearchParams(url.search);
    search.set('page', String(number));
    search.set('pageSize', String(pageSize));
    return { href: `${url.pathname}?${search}` };
  };
  return {
    results,
    pageNumber: page,
    pageSize,
    totalResults: total,
    _links: {
      current: href(page),
      self: { href: url.pathname },
      ...(page * pageSize < total && { next: href(page + 1) }),
      ...(page > 1 && { previous: href(page - 1) }),
    },
  };
}

export interface Order<Name extends string> {
  field: Name;
  descending: boolean;
}

/** Reads `orderBy` (`field` or `-field`); throws the documented 400 for a field the resource lacks. */
export function readOrder<Name extends string>(
  text: string | undefined,
  allowed: readonly Name[],
  fallback: NoInfer<Name>,
  resource: string,
): Order<Name> {
  if (!text) return { field: fallback, descending: false };
  const descending = text.startsWith('-');
  const wanted = descending ? text.slice(1) : text;
  const field = allowed.find((name) => name === wanted);
  if (!field) throw unresolvedProperty(wanted, resource);
  return { field, descending };
}

/** Sorts by a key, ties in the given order; the absent come first, as in SQL. */
export function sortBy<Item>(
  items: readonly Item[],
  key: (item: Item) => string | number | boolean | null | undefined,
  descending: boolean,
): Item[] {
  const sign = descending ? -1 : 1;
  const rank = (item: Item) => {
    const value = key(item);
    return typeof value === 'string' ? value.toLowerCase() : value;
  };
  return [...items].sort((left, right) => {
    const [a, b] = [rank(left), rank(right)];
    if (a === b) return 0;
    if (a === null || a === undefined) return -sign;
    if (b === null || b === undefined) return sign;
    return a < b ? -sign : sign;
  });
}

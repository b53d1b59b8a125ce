import type { Route } from 'next';

/** What an address says, by name; what is missing or empty is left out of it. */
type Query = Record<string, string | undefined>;

/** Fails to compile where Next's route types are not read: any string would be a route then. */
type IsTrue<T extends true> = T;
export type RoutesAreTyped = IsTrue<string extends Route ? false : true>;

/** The parts of `input` that an address needs: not what is empty or as it is by default. */
export function paramsOf(input: Query, defaults: Query = {}): [name: string, value: string][] {
  return Object.entries(input).flatMap(([name, value]) =>
    value && value !== defaults[name] ? [[name, value]] : [],
  );
}

/** The address of `path` in this state. */
export function hrefOf<T extends string>(
  path: Route<T>,
  input: Query,
  defaults: Query = {},
): Route {
  const query = new URLSearchParams(paramsOf(input, defaults));
  return (query.size > 0 ? `${path}?${query}` : path) as Route;
}

/** A list's filters without a place in it: the state of its first page. */
export function firstPage<T extends Query>(input: T): Omit<T, 'after' | 'before' | 'top'> {
  const { after: _after, before: _before, top: _top, ...filters } = input;
  return filters;
}

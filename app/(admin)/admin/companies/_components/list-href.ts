import type { CompanyListInput } from '@/lib/companies/list/schemas';

/** What the schema makes of an address that says nothing. */
const usual: Partial<CompanyListInput> = { q: '', tag: '', sort: '-created' };

/** What of an input stands in the URL: no more than what differs from the plain list. */
export function listParams(input: Partial<CompanyListInput>): [string, string][] {
  return Object.entries(input).flatMap(([name, value]) =>
    value && value !== usual[name as keyof CompanyListInput] ? [[name, value]] : [],
  );
}

/** Address of the list with some things changed: its first page, unless a cursor is among them. */
export function listHref(
  input: Partial<CompanyListInput>,
  changes: Partial<CompanyListInput> = {},
  path = '/admin/companies',
): string {
  const next = { ...input, after: undefined, before: undefined, ...changes };
  const query = new URLSearchParams(listParams(next));
  return query.size > 0 ? `${path}?${query}` : path;
}

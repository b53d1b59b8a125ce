import { type ConnectionListInput, defaultStatus } from '@/lib/connections/list-schemas';

/** Address of the list with these filters, without what is empty or goes without saying. */
export function listHref(input: ConnectionListInput): string {
  const query = new URLSearchParams();
  for (const key of ['status', 'platform', 'since', 'after', 'before'] as const) {
    const value = input[key];
    if (value && !(key === 'status' && value === defaultStatus)) query.set(key, value);
  }
  return query.size > 0 ? `/admin/connections?${query}` : '/admin/connections';
}

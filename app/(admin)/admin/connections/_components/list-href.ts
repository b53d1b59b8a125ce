import type { ConnectionListInput } from '@/lib/connections/list-schemas';

/** Address of the list with these filters, without what is empty. */
export function listHref(input: ConnectionListInput): string {
  const query = new URLSearchParams();
  for (const key of ['status', 'platform', 'since', 'after', 'before'] as const) {
    const value = input[key];
    if (value) query.set(key, value);
  }
  return `/admin/connections?${query}`;
}

import type { ChangeListInput } from '@/lib/connections/list-schemas';

/** Address of the list with these filters, without what is empty. */
export function listHref(input: ChangeListInput): string {
  const query = new URLSearchParams();
  for (const key of ['what', 'from', 'to', 'after', 'before'] as const) {
    const value = input[key];
    if (value) query.set(key, value);
  }
  return query.size > 0 ? `/admin/changes?${query}` : '/admin/changes';
}

import type { CompanyListInput } from '@/lib/companies/schemas';

/** Address of the list with this search, without what is empty. */
export function listHref(input: Partial<CompanyListInput>): string {
  const query = new URLSearchParams();
  for (const key of ['q', 'status', 'after', 'before'] as const) {
    const value = input[key];
    if (value) query.set(key, value);
  }
  return query.size > 0 ? `/admin/companies?${query}` : '/admin/companies';
}

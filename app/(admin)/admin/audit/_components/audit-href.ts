import type { AuditListInput } from '@/lib/audit/log/schemas';

const keys = ['action', 'actor', 'company', 'from', 'to', 'after', 'before'] as const;

/** Address of the list, or of its export, in this state, without what is empty. */
export function auditHref(input: Partial<AuditListInput>, path = '/admin/audit'): string {
  const query = new URLSearchParams();
  for (const key of keys) {
    const value = input[key];
    if (value) query.set(key, value);
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

import type { EventListInput } from '@/lib/webhooks/room/schemas';

const keys = [
  'state',
  'type',
  'company',
  'webhook',
  'from',
  'to',
  'after',
  'before',
  'top',
] as const;

/** Address of the list in this state, without what is empty. */
export function listHref(input: Partial<EventListInput>): string {
  const query = new URLSearchParams();
  for (const key of keys) {
    const value = input[key];
    if (value) query.set(key, value);
  }
  return query.size > 0 ? `/admin/webhooks?${query}` : '/admin/webhooks';
}

/** The list's first page: the same filters, no place in it. */
export function firstPage(input: EventListInput): Partial<EventListInput> {
  const { after: _after, before: _before, top: _top, ...filters } = input;
  return filters;
}

import { firstPage, hrefOf } from '@/components/href';
import type { CompanyListInput } from '@/lib/companies/list/schemas';

/** What the list shows when its address says nothing. */
export const plainList: Partial<CompanyListInput> = { sort: '-created' };

/** Address of the list with some things changed: its first page, unless a cursor is among them. */
export function companiesHref(
  input: Partial<CompanyListInput>,
  changes: Partial<CompanyListInput> = {},
) {
  return hrefOf('/admin/companies', { ...firstPage(input), ...changes }, plainList);
}

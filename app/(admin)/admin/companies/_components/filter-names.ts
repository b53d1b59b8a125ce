import { statusName } from '@/components/status/connection-status';
import type { CompanyListInput } from '@/lib/companies/list/schemas';
import { t as admin } from '@/messages/admin';
import { t } from '@/messages/admin-companies';
import { t as overview } from '@/messages/admin-overview';

export type Platform = { key: string; name: string };

/** Filters in the order in which they are named. Words to search for are no filter. */
export const filterNames = [
  'status',
  'setup',
  'show',
  'connection',
  'platform',
  'type',
  'since',
  'from',
  'to',
  'tag',
] as const satisfies (keyof CompanyListInput)[];

type FilterName = (typeof filterNames)[number];

/** Source types that Codat documents. */
export const sourceTypes = [
  'Accounting',
  'Banking',
  'BankFeed',
  'Commerce',
  'Expense',
  'Other',
  'Unknown',
] as const;

export function sourceTypeText(type: string): string {
  const known = sourceTypes.find((one) => one === type);
  return known ? t(`type.${known}`) : type;
}

const setupProblems = [
  'setupPlanLimit',
  'setupUnauthorized',
  'setupForbidden',
  'setupFailing',
] as const;

/** What keeps a company from being set up at Codat, by its message key; null for nothing. */
export function setupProblemText(problemKey: string | null): string {
  if (problemKey === null) return overview('unfinished.waiting');
  const known = setupProblems.find((key) => key === problemKey);
  return overview(`unfinished.problem.${known ?? 'other'}`);
}

/** What a filter is set to, in words; null while it is not set. */
export function filterText(
  input: CompanyListInput,
  name: FilterName,
  platforms: Platform[],
): string | null {
  const value = input[name];
  if (!value) return null;
  switch (name) {
    case 'status':
      return input.status ? admin(`attention.${input.status}`) : null;
    case 'setup':
      return setupProblemText(value === '-' ? null : value);
    case 'show':
      return input.show ? t(`kinds.${input.show}`) : null;
    case 'connection':
      return statusName(value);
    case 'platform':
      return platforms.find(({ key }) => key === value)?.name ?? value;
    case 'type':
      return sourceTypeText(value);
    case 'since':
      return t('filters.sinceValue', { days: Number(value) });
    default:
      return value;
  }
}

import { statusName } from '@/components/status/connection-status';
import type { CompanyListInput } from '@/lib/companies/list/schemas';
import type { T } from '@/messages/translator';

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

export function sourceTypeText(t: T<'adminCompanies'>, type: string): string {
  const known = sourceTypes.find((one) => one === type);
  return known ? t(`type.${known}`) : type;
}

const setupProblems = [
  'setupPlanLimit',
  'setupUnauthorized',
  'setupForbidden',
  'setupTaken',
  'setupRefused',
  'setupFailing',
] as const;

/** What keeps a company from being set up at Codat, by its message key; null for nothing. */
export function setupProblemText(overview: T<'adminOverview'>, problemKey: string | null): string {
  if (problemKey === null) return overview('unfinished.waiting');
  const known = setupProblems.find((key) => key === problemKey);
  return overview(`unfinished.problem.${known ?? 'other'}`);
}

/** The texts that filters are named with. */
type FilterWords = {
  t: T<'adminCompanies'>;
  admin: T<'admin'>;
  overview: T<'adminOverview'>;
  connections: T<'connections'>;
};

/** What a filter is set to, in words; null while it is not set. */
export function filterText(
  { t, admin, overview, connections }: FilterWords,
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
      return setupProblemText(overview, value === '-' ? null : value);
    case 'show':
      return input.show ? t(`kinds.${input.show}`) : null;
    case 'connection':
      return statusName(connections, value);
    case 'platform':
      return platforms.find(({ key }) => key === value)?.name ?? value;
    case 'type':
      return sourceTypeText(t, value);
    case 'since':
      return t('filters.sinceValue', { days: Number(value) });
    default:
      return value;
  }
}

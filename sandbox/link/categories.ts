import { INTEGRATIONS, type Integration, type SourceType } from '@/sandbox/integrations/catalogue';

export interface Category {
  sourceType: SourceType;
  heading: string;
  /** Accessible name of the way in. */
  action: string;
  selection: string;
}

export const CATEGORIES: readonly Category[] = [
  {
    sourceType: 'Accounting',
    heading: 'Accounting',
    action: 'Connect accounting software',
    selection: 'Select your accounting software',
  },
  {
    sourceType: 'Banking',
    heading: 'Banking',
    action: 'Connect a bank',
    selection: 'Select your bank provider',
  },
  {
    sourceType: 'Commerce',
    heading: 'Commerce',
    action: 'Connect a sales platform',
    selection: 'Select your sales platform',
  },
];

/** The category of this source type, or null for all of them. */
export function getCategory(sourceType: string | undefined): Category | null {
  return CATEGORIES.find((category) => category.sourceType === sourceType) ?? null;
}

interface Choice {
  category: Category | null;
  search: string;
  showsSandbox: boolean;
}

/** The platforms that a person can choose from, by name. */
export function listChoices({ category, search, showsSandbox }: Choice): Integration[] {
  const wanted = search.trim().toLowerCase();
  return INTEGRATIONS.filter(
    ({ sourceType, name, isSandbox }) =>
      (category ? sourceType === category.sourceType : getCategory(sourceType) !== null) &&
      (showsSandbox || !isSandbox) &&
      name.toLowerCase().includes(wanted),
  );
}

import { t } from '@/messages/audit';

const kinds = ['person', 'system', 'command'] as const;

/** Who or what acted, in words. */
export function kindText(kind: string): string {
  const known = kinds.find((one) => one === kind);
  return known ? t(`kind.${known}`) : t('kind.other', { kind });
}

import type { AuditEntry } from '@/lib/audit/log/schemas';
import { auditActions } from '@/lib/audit/types';
import type { T } from '@/messages/translator';

/** What was done, in a sentence. An entry may lack what its sentence names: then it says so. */
export function auditSentence(
  t: T<'audit'>,
  { action, subject, detail, companyName }: AuditEntry,
): string {
  const known = auditActions.find((one) => one === action);
  const named = subject || companyName || t('something');
  if (!known) return t('sentence.unknown', { action, subject });
  const word = (name: string) => String(detail[name] ?? t('something'));
  return t(`sentence.${known}`, {
    subject: named,
    to: word('to'),
    count: Number(detail.count ?? 0),
    role: word('role'),
  });
}

const kinds = ['person', 'system', 'command'] as const;

/** Who or what acted, in words. */
export function kindText(t: T<'audit'>, kind: string): string {
  const known = kinds.find((one) => one === kind);
  return known ? t(`kind.${known}`) : t('kind.other', { kind });
}

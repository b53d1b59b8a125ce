import { expect, it } from 'vitest';
import type { AuditEntry } from '@/lib/audit/log/schemas';
import { auditActions } from '@/lib/audit/types';
import { tIn } from '@/messages/server/t-in';
import { auditSentence } from './audit-text';

const sentenceOf = (row: AuditEntry) => auditSentence(tIn('audit', 'en'), row);

const entry = (values: Partial<AuditEntry>): AuditEntry => ({
  id: '1',
  at: '2026-01-01T00:00:00Z',
  actorKind: 'person',
  actorName: 'ada@example.com',
  action: 'company.rename',
  companyId: null,
  companyName: null,
  subject: '',
  detail: {},
  requestId: null,
  ipAddress: null,
  ...values,
});

it('has a sentence for every action, also for an entry that tells nothing else', () => {
  for (const action of auditActions) {
    const sentence = sentenceOf(entry({ action }));
    expect(sentence).toMatch(/^[A-Zs]/);
    expect(sentence).not.toMatch(/[{}]|sentence\./);
  }
});

it('names what is known', () => {
  const renamed = entry({ subject: 'Old <b>', detail: { to: 'New' } });
  expect(sentenceOf(renamed)).toBe('Renamed Old <b> to New');
  for (const [count, words] of [
    [1, 'Retried one webhook event'],
    [1200, 'Retried 1,200 webhook events'],
  ] as const) {
    expect(sentenceOf(entry({ action: 'webhook.reprocess', detail: { count } }))).toBe(words);
  }
  expect(sentenceOf(entry({ action: 'company.reread', companyName: 'Acme' }))).toBe(
    'Refreshed Acme from Codat',
  );
});

it('shows an action of another version as it is', () => {
  expect(sentenceOf(entry({ action: 'moon.land', subject: 'Eagle' }))).toBe('moon.land Eagle');
});

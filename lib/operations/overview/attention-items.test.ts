import { expect, it } from 'vitest';
import { attentionStates } from '@/lib/companies/types';
import { listAttentionItems } from './attention-items';
import type { Overview } from './types';

const hourAgo = new Date(Date.now() - 3_600_000).toISOString();

const well: Overview = {
  companies: {
    total: 5,
    byAttention: attentionStates.map((attention) => ({
      attention,
      count: attention === 'ok' ? 5 : 0,
    })),
    unassigned: 0,
    ignored: 3,
  },
  connections: { total: 5, byStatus: [{ status: 'Linked', count: 5 }], platforms: [] },
  changes: { days: [], broke: 4, repaired: 2 },
  unfinished: { count: 2, old: 0, oldestAt: hourAgo },
  setups: {
    waiting: 1,
    blocked: 0,
    problems: [{ problemKey: null, count: 1 }],
    blockedProblems: [],
    oldestAt: hourAgo,
  },
  webhooks: { lastReceivedAt: hourAgo, dead: 0, silent: false },
  sweeps: {
    lastFinishedAt: hourAgo,
    missedLast: 1,
    missedWeek: 9,
    foundWeek: 0,
    late: false,
    problem: null,
  },
  quota: { dailyLimit: 1000, remaining: 100, resetAt: null, seenAt: hourAgo, current: true },
};

it('finds nothing while all is well', () => {
  expect(listAttentionItems(well)).toEqual([]);
  expect(listAttentionItems({ ...well, quota: null })).toEqual([]);
});

it.each<[string, Partial<Overview>, string, number]>([
  [
    'setupsBlocked',
    { setups: { ...well.setups, blocked: 2 } },
    '/admin/companies?status=provisioning',
    2,
  ],
  ['webhooksSilent', { webhooks: { ...well.webhooks, silent: true } }, '/admin/webhooks', 0],
  ['sweepLate', { sweeps: { ...well.sweeps, late: true } }, '/admin/sweeps', 0],
  [
    'quotaLow',
    { quota: { dailyLimit: 1000, remaining: 99, resetAt: null, seenAt: hourAgo, current: true } },
    '/admin/settings',
    99,
  ],
  [
    'quotaLow',
    { quota: { dailyLimit: 1000, remaining: 0, resetAt: null, seenAt: hourAgo, current: true } },
    '/admin/settings',
    0,
  ],
  ['deadLetters', { webhooks: { ...well.webhooks, dead: 7 } }, '/admin/webhooks?state=dead', 7],
  [
    'unassigned',
    { companies: { ...well.companies, unassigned: 4 } },
    '/admin/companies?show=unassigned',
    4,
  ],
  [
    'unfinishedOld',
    { unfinished: { count: 2, old: 1, oldestAt: hourAgo } },
    '/admin/connections?status=PendingAuth&since=7',
    1,
  ],
])('finds %s', (kind, change, href, count) => {
  expect(listAttentionItems({ ...well, ...change })).toMatchObject([{ kind, href, count }]);
});

it('takes no old word of the quota for the present one', () => {
  const quota = { dailyLimit: 1000, remaining: 0, resetAt: null, seenAt: hourAgo, current: false };
  expect(listAttentionItems({ ...well, quota })).toEqual([]);
});

it('puts what stops everybody before what waits for a customer', () => {
  const byAttention = [{ attention: 'needs_reconnect' as const, count: 3 }];
  const needs = listAttentionItems({
    ...well,
    companies: { ...well.companies, byAttention, unassigned: 1 },
    setups: { ...well.setups, blocked: 1 },
    webhooks: { ...well.webhooks, dead: 1 },
  });
  expect(needs.map(({ kind }) => kind)).toEqual([
    'setupsBlocked',
    'deadLetters',
    'reconnect',
    'unassigned',
  ]);
});

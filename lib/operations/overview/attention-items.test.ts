import { describe, expect, it } from 'vitest';
import { attentionStates } from '@/lib/companies/types';
import type { StoredFinding } from '@/lib/operations/checks/types';
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
  changes: { zone: 'UTC', days: [], broke: 4, repaired: 2 },
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
  failures: [],
  worker: { silent: false, silentSince: hourAgo },
  blocked: null,
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
  [
    'workerSilent',
    { worker: { silent: true, silentSince: null } },
    '/admin/settings#group-jobs',
    0,
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
  [
    'codatBlocked',
    {
      blocked: { until: hourAgo, reads: 3, setups: 2 },
      // Of one cause there is one item.
      quota: { dailyLimit: 1000, remaining: 0, resetAt: null, seenAt: hourAgo, current: true },
    },
    '/admin/settings#group-codat',
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
  const byAttention = [
    { attention: 'needs_reconnect' as const, count: 3 },
    { attention: 'data_stopped' as const, count: 2 },
  ];
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
    'stopped',
    'unassigned',
  ]);
});

describe('what the checks found', () => {
  const failure = (id: string, group: StoredFinding['group']): StoredFinding => ({
    ...{ id, group, state: 'fail', since: hourAgo, fix: null, fixedIn: null },
    title: { messageKey: 'settings.checks.codat-key.title' },
    found: { messageKey: 'settings.checks.codat-key.title' },
  });
  const failures = [failure('codat-key', 'codat'), failure('worker', 'jobs')];

  it('comes first, and leads to where it says how to fix it', () => {
    const webhooks = { ...well.webhooks, dead: 1 };
    expect(listAttentionItems({ ...well, failures, webhooks })).toMatchObject([
      { kind: 'finding', href: '/admin/settings#group-codat', since: hourAgo },
      { kind: 'finding', href: '/admin/settings#group-jobs' },
      { kind: 'deadLetters' },
    ]);
  });

  it('is left out where the tables say the same', () => {
    const worker = { silent: true, silentSince: hourAgo };
    const needs = listAttentionItems({ ...well, failures, worker });
    expect(needs.map(({ kind, finding }) => finding?.id ?? kind)).toEqual([
      'codat-key',
      'workerSilent',
    ]);
  });
});

import type { Route } from 'next';
import type { Overview } from './types';

/** Something that needs a person, and where they do it. */
export type AttentionItem = {
  kind:
    | 'setupsBlocked'
    | 'webhooksSilent'
    | 'deadLetters'
    | 'sweepLate'
    | 'quotaLow'
    | 'reconnect'
    | 'unassigned'
    | 'unfinishedOld';
  tone: 'bad' | 'warn' | 'wait';
  count: number;
  /** Since when, where that is known. */
  since: string | null;
  href: Route;
};

/** Less than this part of the day's calls is little. */
const littleQuota = 0.1;

/** What needs attention, the most disruptive first. Empty when all is well. */
export function listAttentionItems(overview: Overview): AttentionItem[] {
  const { companies, quota, setups, sweeps, unfinished, webhooks } = overview;
  const reconnect =
    companies.byAttention.find(({ attention }) => attention === 'needs_reconnect')?.count ?? 0;
  const isQuotaLow = quota?.current === true && quota.remaining < quota.dailyLimit * littleQuota;
  const candidates: (AttentionItem | false)[] = [
    setups.blocked > 0 && {
      ...{ kind: 'setupsBlocked', tone: 'bad', count: setups.blocked, since: null },
      href: '/admin/companies?status=provisioning',
    },
    webhooks.silent && {
      ...{ kind: 'webhooksSilent', tone: 'bad', count: 0, since: webhooks.lastReceivedAt },
      href: '/admin/webhooks',
    },
    sweeps.late && {
      ...{ kind: 'sweepLate', tone: 'bad', count: 0, since: sweeps.lastFinishedAt },
      href: '/admin/sweeps',
    },
    isQuotaLow && {
      ...{ kind: 'quotaLow', tone: 'bad', count: quota.remaining, since: quota.seenAt },
      href: '/admin/settings',
    },
    webhooks.dead > 0 && {
      ...{ kind: 'deadLetters', tone: 'bad', count: webhooks.dead, since: null },
      href: '/admin/webhooks?state=dead',
    },
    reconnect > 0 && {
      ...{ kind: 'reconnect', tone: 'warn', count: reconnect, since: null },
      href: '/admin/companies?status=needs_reconnect',
    },
    companies.unassigned > 0 && {
      ...{ kind: 'unassigned', tone: 'wait', count: companies.unassigned, since: null },
      href: '/admin/companies?show=unassigned',
    },
    unfinished.old > 0 && {
      ...{ kind: 'unfinishedOld', tone: 'wait', count: unfinished.old, since: unfinished.oldestAt },
      href: '/admin/connections?status=PendingAuth&since=7',
    },
  ];
  return candidates.filter((one) => one !== false);
}

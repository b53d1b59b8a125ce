import type { Route } from 'next';
import type { Attention } from '@/lib/companies/types';
import type { StoredFinding } from '@/lib/operations/checks/types';
import type { Overview } from './types';

/** Something that needs a person, and where they do it. */
export type AttentionItem = {
  kind:
    | 'finding'
    | 'workerSilent'
    | 'setupsBlocked'
    | 'webhooksSilent'
    | 'deadLetters'
    | 'sweepLate'
    | 'codatBlocked'
    | 'quotaLow'
    | 'reconnect'
    | 'stopped'
    | 'unassigned'
    | 'unfinishedOld';
  tone: 'bad' | 'warn' | 'wait';
  count: number;
  /** Since when, where that is known; of `codatBlocked`, until when. */
  since: string | null;
  href: Route;
  /** Of kind `finding`: what a check of the set-up found wrong. */
  finding?: StoredFinding;
};

/** Less than this part of the day's calls is little. */
const littleQuota = 0.1;

/** What needs attention, the most disruptive first. Empty when all is well. */
export function listAttentionItems(overview: Overview): AttentionItem[] {
  const { companies, unfinished, webhooks } = overview;
  const inState = (state: Attention) =>
    companies.byAttention.find(({ attention }) => attention === state)?.count ?? 0;
  const [reconnect, stopped] = [inState('needs_reconnect'), inState('data_stopped')];
  const broken = brokenParts(overview);
  const candidates: (AttentionItem | false)[] = [
    ...findingsBeside(broken, overview.failures),
    ...broken,
    webhooks.dead > 0 && {
      ...{ kind: 'deadLetters', tone: 'bad', count: webhooks.dead, since: null },
      href: '/admin/webhooks?state=dead',
    },
    reconnect > 0 && {
      ...{ kind: 'reconnect', tone: 'warn', count: reconnect, since: null },
      href: '/admin/companies?status=needs_reconnect',
    },
    stopped > 0 && {
      ...{ kind: 'stopped', tone: 'warn', count: stopped, since: null },
      href: '/admin/companies?status=data_stopped',
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

/** Parts that don't work, as the tables say at this moment. */
function brokenParts({
  blocked,
  quota,
  setups,
  sweeps,
  webhooks,
  worker,
}: Overview): AttentionItem[] {
  const isQuotaLow =
    !blocked && quota?.current === true && quota.remaining < quota.dailyLimit * littleQuota;
  const candidates: (AttentionItem | false)[] = [
    worker.silent && {
      ...{ kind: 'workerSilent', tone: 'bad', count: 0, since: worker.silentSince },
      href: '/admin/settings#group-jobs' as Route,
    },
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
    blocked
      ? {
          ...{ kind: 'codatBlocked', tone: 'bad', count: 0, since: blocked.until },
          href: '/admin/settings#group-codat',
        }
      : false,
    isQuotaLow && {
      ...{ kind: 'quotaLow', tone: 'bad', count: quota.remaining, since: quota.seenAt },
      href: '/admin/settings',
    },
  ];
  return candidates.filter((one) => one !== false);
}

/** Findings that say no more than what is shown anyway. */
const sameAs: Partial<Record<AttentionItem['kind'], RegExp>> = {
  workerSilent: /^(worker|schedules:.*|sweep)$/,
  webhooksSilent: /^webhook-deliveries$/,
  sweepLate: /^sweep$/,
  codatBlocked: /^codat-quota$/,
  quotaLow: /^codat-quota$/,
};

function findingsBeside(broken: AttentionItem[], failures: StoredFinding[]): AttentionItem[] {
  const others = failures.filter(({ id }) => !broken.some(({ kind }) => sameAs[kind]?.test(id)));
  return others.map((finding) => ({
    ...{ kind: 'finding', tone: 'bad', count: 0, since: finding.since, finding },
    href: `/admin/settings#group-${finding.group}` as Route,
  }));
}

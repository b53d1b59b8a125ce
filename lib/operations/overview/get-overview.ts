import 'server-only';
import { getDb } from '@/db/client';
import { type Actor, can } from '@/lib/actor';
import { isBlockedSetup } from '@/lib/companies/company-setup';
import { attentionStates } from '@/lib/companies/types';
import { AppError } from '@/lib/errors';
import { type Counts, readCounts } from '@/lib/lists/counts';
import { readFailures } from '@/lib/operations/checks/stored-checks';
import { getWebhookHealth } from '@/lib/webhooks/room/webhook-health';
import { readChanges, readSignals, type Signals } from './read-signals';
import type { Overview, PlatformCounts } from './types';

const sweepLateMs = 24 * 60 * 60 * 1000;

/**
 * What staff see first: how many companies and connections are in which state, what has changed
 * lately, and what may need a person. Days are those of `zone`.
 * @throws AppError `not-found` if the actor may not read companies.
 */
export async function getOverview(actor: Actor, zone = 'UTC'): Promise<Overview> {
  if (!can(actor, 'companies:read')) throw new AppError('not-found', 'notFound');
  const db = getDb();
  const [tallies, days, signals, silence, failures] = await Promise.all([
    readCounts(db),
    readChanges(db, zone),
    readSignals(db),
    getWebhookHealth(db),
    readFailures(db),
  ]);
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const connections = connectionCounts(tallies);
  return {
    companies: companyCounts(tallies, signals),
    connections,
    changes: {
      zone,
      days,
      broke: sum(days.map(({ broke }) => broke)),
      repaired: sum(days.map(({ repaired }) => repaired)),
    },
    unfinished: {
      count: connections.byStatus.find(({ status }) => status === 'PendingAuth')?.count ?? 0,
      old: signals.unfinishedOld,
      oldestAt: isoOf(signals.unfinishedOldestAt),
    },
    setups: setupState(signals),
    webhooks: {
      lastReceivedAt: isoOf(signals.lastReceivedAt),
      dead: signals.dead,
      silent: silence.silent,
    },
    sweeps: sweepState(signals),
    failures,
    worker: { silent: signals.workerSilent, silentSince: isoOf(signals.workerAt) },
    quota: signals.quota && {
      ...signals.quota,
      resetAt: isoOf(signals.quota.resetAt),
      seenAt: new Date(signals.quota.seenAt).toISOString(),
    },
    blocked: blockedState(signals),
  };
}

function isoOf(time: string | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

function companyCounts({ companies }: Counts, signals: Signals): Overview['companies'] {
  const byAttention = attentionStates.map((attention) => ({
    attention,
    count: companies.get(attention) ?? 0,
  }));
  return {
    byAttention,
    total: byAttention.reduce((total, { count }) => total + count, 0),
    unassigned: signals.unassigned,
    ignored: companies.get('ignored') ?? 0,
  };
}

/** By status, and by platform with the platform of the most connections first. */
function connectionCounts({ connections }: Counts): Overview['connections'] {
  const byStatus = new Map<string, number>();
  const platforms = new Map<string | null, PlatformCounts>();
  for (const { status, platformKey, platformName, count } of connections) {
    byStatus.set(status, (byStatus.get(status) ?? 0) + count);
    const platform = platforms.get(platformKey) ?? {
      platformKey,
      platformName,
      total: 0,
      byStatus: {},
    };
    platform.total += count;
    platform.byStatus[status] = count;
    platforms.set(platformKey, platform);
  }
  return {
    total: connections.reduce((total, { count }) => total + count, 0),
    byStatus: [...byStatus].map(([status, count]) => ({ status, count })),
    platforms: [...platforms.values()].sort(
      (a, b) => b.total - a.total || a.platformName.localeCompare(b.platformName),
    ),
  };
}

function setupState({ setups, setupOldestAt }: Signals): Overview['setups'] {
  const blocked = setups.filter(({ problemKey }) => isBlockedSetup(problemKey));
  const countOf = (some: Signals['setups']) => some.reduce((sum, { count }) => sum + count, 0);
  return {
    waiting: countOf(setups),
    blocked: countOf(blocked),
    problems: setups,
    blockedProblems: blocked.map(({ problemKey }) => problemKey ?? ''),
    oldestAt: isoOf(setupOldestAt),
  };
}

function blockedState({ blockedUntil, readsDue, setups }: Signals): Overview['blocked'] {
  const until = isoOf(blockedUntil);
  const waiting = setups.reduce((sum, { count }) => sum + count, 0);
  return until === null ? null : { until, reads: readsDue, setups: waiting };
}

function sweepState(signals: Signals): Overview['sweeps'] {
  const { sweepFinishedAt, sweepFirstAt, sweepProblem } = signals;
  const { missedLast, missedWeek, foundWeek } = signals;
  const since = isoOf(sweepFinishedAt ?? sweepFirstAt);
  return {
    lastFinishedAt: isoOf(sweepFinishedAt),
    ...{ missedLast, missedWeek, foundWeek },
    late: since !== null && Date.now() - Date.parse(since) > sweepLateMs,
    problem: sweepProblem,
  };
}

import type { Attention } from '@/lib/companies/types';
import type { StoredFinding } from '@/lib/operations/checks/types';

/** Times are ISO-8601, days are of the reader’s zone. */
export type Overview = {
  companies: {
    /** Without those that staff ignore. */
    total: number;
    byAttention: { attention: Attention; count: number }[];
    unassigned: number;
    ignored: number;
  };
  connections: {
    total: number;
    byStatus: { status: string; count: number }[];
    platforms: PlatformCounts[];
  };
  changes: { zone: string; days: ChangeDay[]; broke: number; repaired: number };
  unfinished: {
    count: number;
    /** For longer than a week. */
    old: number;
    oldestAt: string | null;
  };
  setups: {
    waiting: number;
    /** Of these, the ones that only the operator can fix. */
    blocked: number;
    /** What holds them up, as keys under `errors`; null: nothing yet. */
    problems: { problemKey: string | null; count: number }[];
    /** Only those of blocked setups, the most frequent first. */
    blockedProblems: string[];
    oldestAt: string | null;
  };
  webhooks: {
    lastReceivedAt: string | null;
    dead: number;
    /** Whether they have stopped although sweeps find changes. */
    silent: boolean;
  };
  sweeps: {
    lastFinishedAt: string | null;
    /** Differences that no webhook had reported: in the last finished sweep, and in seven days. */
    missedLast: number;
    missedWeek: number;
    /** Companies unknown here before, in seven days. */
    foundWeek: number;
    /** None has come to its end for longer than a sweep should take. */
    late: boolean;
    problem: string | null;
  };
  quota: Quota | null;
  /** What the checks of the set-up last found wrong. */
  failures: StoredFinding[];
  worker: {
    /** When background work last ran, if that is too long ago; null: it never did. */
    silentSince: string | null;
    silent: boolean;
  };
  /** Codat told us to wait: until when, and what waits. Null when it takes calls. */
  blocked: { until: string; reads: number; setups: number } | null;
};

export type PlatformCounts = {
  platformKey: string | null;
  platformName: string;
  total: number;
  byStatus: Record<string, number>;
};

export type ChangeDay = { day: string; broke: number; repaired: number };

export type Quota = {
  dailyLimit: number;
  remaining: number;
  resetAt: string | null;
  /** When Codat last said so. */
  seenAt: string;
  /** False when the quota has been made whole since, so that how much is used is not known. */
  current: boolean;
};

import type { Attention, CompanySetup } from '@/lib/companies/types';
import type { ChangeSource } from '@/lib/sync/schemas';

/** The statuses Codat documents. Others are kept as text and shown as "unknown". */
export const connectionStatuses = ['PendingAuth', 'Linked', 'Unlinked', 'Deauthorized'] as const;

export type ConnectionStatus = (typeof connectionStatuses)[number];

/** Narrows a stored status to the documented ones; null for a value we do not know. */
export function knownStatus(status: string): ConnectionStatus | null {
  return connectionStatuses.find((known) => known === status) ?? null;
}

/** What Codat last reported as wrong with a connection, without raw integration text. */
export type ConnectionProblem = {
  statusCode: string | null;
  message: string | null;
  at: string | null;
};

/** One connection as a customer or an admin sees it. Times are ISO-8601 UTC. Holds no Link URL. */
export type ConnectionSummary = {
  id: string;
  companyId: string;
  platformKey: string | null;
  platformName: string;
  /** Path on our own origin, or null when we hold no logo. */
  logoPath: string | null;
  sourceType: string;
  status: string;
  createdAt: string | null;
  linkedAt: string | null;
  statusChangedAt: string | null;
  lastSyncAt: string | null;
  problem: ConnectionProblem | null;
};

/** Everything `/connections` shows. */
export type ConnectionsOverview = {
  company: { id: string; name: string; setup: CompanySetup; attention: Attention };
  connections: ConnectionSummary[];
  /** When this was last known to be true at Codat; null before the first news. */
  knownAt: string | null;
  /** True when `knownAt` is older than it should be. */
  stale: boolean;
};

export type ConnectionHistoryEntry = {
  id: string;
  fromStatus: string | null;
  /** Null when the connection was removed at Codat. */
  toStatus: string | null;
  source: ChangeSource;
  occurredAt: string;
  recordedAt: string;
  actorName: string | null;
};

export type ConnectionDetail = {
  connection: ConnectionSummary;
  company: ConnectionsOverview['company'];
  history: ConnectionHistoryEntry[];
  knownAt: string | null;
  stale: boolean;
};

import type { Attention, CompanySetup } from '@/lib/companies/types';
import type { ChangeSource, StopReason } from '@/lib/sync/schemas';

/** The statuses Codat documents. Others are kept as text and shown as "unknown". */
export const connectionStatuses = ['PendingAuth', 'Linked', 'Unlinked', 'Deauthorized'] as const;

export type ConnectionStatus = (typeof connectionStatuses)[number];

/** Narrows a stored status to the documented ones; null for a value we do not know. */
export function knownStatus(status: string): ConnectionStatus | null {
  return connectionStatuses.find((known) => known === status) ?? null;
}

/**
 * What people see, filter and count by, worst first: Codat's status, or `stopped` when no data comes
 * through a connection that is `Linked`.
 */
export const connectionStates = [
  'Deauthorized',
  'stopped',
  'PendingAuth',
  'Linked',
  'Unlinked',
] as const satisfies (ConnectionStatus | 'stopped')[];

export type ConnectionState = (typeof connectionStates)[number];

/** Narrows a stored state; null for a status we do not know. */
export function knownState(state: string): ConnectionState | null {
  return connectionStates.find((known) => known === state) ?? null;
}

/** States in which no data comes although it should, so that somebody has to act. */
export function isBroken({ state }: { state: string }): boolean {
  return state === 'Deauthorized' || state === 'stopped';
}

/** Who can make data come again: the customer, the platform, or the operator with Codat. */
export const whoCanFix = {
  sign_in: 'you',
  permission: 'you',
  platform: 'platform',
  reading: 'us',
  overdue: 'you',
} as const satisfies Record<StopReason, 'you' | 'platform' | 'us'>;

/** Platforms that are read from a computer of the business: QuickBooks Desktop and Sage 50. */
export const onComputer = ['pqsw', 'hbql'];

/** Why no data comes through a connection that is `Linked`. */
export type ConnectionStop = {
  why: StopReason;
  /** The last sign of data before it stopped. */
  since: string;
};

/** The last read that failed, in Codat's words; for staff. */
export type ReadFailure = { at: string; status: string; dataTypes: string[] };

/**
 * How a connection comes about: `link` by signing in at its Link URL · `passcode` by typing its id and a
 * one-time passcode in Sage · `upload` by giving files at the company's page at Link · `operator` by the
 * operator's own systems.
 */
export type ConnectionWay = 'link' | 'passcode' | 'upload' | 'operator';

/** What Codat last reported as wrong with a connection, without raw integration text. */
export type ConnectionProblem = {
  statusCode: string | null;
  message: string | null;
  at: string | null;
};

const fillers = [
  'unknown error occurred',
  'user cancelled',
  'user cancelled linking',
  'the integration de-authorized access to the connection',
];

/** Whether a connection's message is one that Codat puts where it has nothing to say. */
export function isFiller(message: string): boolean {
  return fillers.includes(message.trim().replace(/\.$/, '').toLowerCase());
}

/** Whether a sign-in ended with an error, and not because the person left. */
export function hasFailed({ problem }: Pick<ConnectionSummary, 'problem'>): boolean {
  return problem !== null && problem.statusCode !== '403';
}

/** One connection as a customer or an admin sees it. Times are ISO-8601 UTC. Holds no Link URL. */
export type ConnectionSummary = {
  id: string;
  companyId: string;
  /** Name of the company it belongs to, on the pages of the business above that. */
  subsidiary: string | null;
  platformKey: string | null;
  platformName: string;
  /** Path on our own origin, or null when we hold no logo. */
  logoPath: string | null;
  sourceType: string;
  way: ConnectionWay;
  /** Codat's. */
  status: string;
  /** What people see. */
  state: string;
  stopped: ConnectionStop | null;
  createdAt: string | null;
  linkedAt: string | null;
  /** Since when it is in this state; null when it was so already at `firstKnownAt`. */
  stateSince: string | null;
  firstKnownAt: string;
  lastSyncAt: string | null;
  problem: ConnectionProblem | null;
  readFailure: ReadFailure | null;
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
  /** States, as `connectionStates`. */
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

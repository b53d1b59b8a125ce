import 'server-only';
import { connections, type StoredConnectionError } from '@/db/schema/connections';
import type { ConnectionProblem, ConnectionSummary } from './types';

/** The columns a connection is shown from. */
export const connectionFields = {
  id: connections.id,
  companyId: connections.companyId,
  platformKey: connections.platformKey,
  platformName: connections.platformName,
  sourceType: connections.sourceType,
  status: connections.status,
  errors: connections.errors,
  codatCreatedAt: connections.codatCreatedAt,
  linkedAt: connections.linkedAt,
  state: connections.state,
  stateSince: connections.stateSince,
  stoppedWhy: connections.stoppedWhy,
  stoppedSince: connections.stoppedSince,
  readFailure: connections.readFailure,
  firstKnownAt: connections.firstKnownAt,
  lastSyncAt: connections.lastSyncAt,
};

type Row = {
  [Field in keyof typeof connectionFields]: (typeof connectionFields)[Field]['_']['notNull'] extends true
    ? (typeof connectionFields)[Field]['_']['data']
    : (typeof connectionFields)[Field]['_']['data'] | null;
};

/** A stored connection as people see it. */
export function toSummary(row: Row): ConnectionSummary {
  return {
    id: row.id,
    companyId: row.companyId,
    platformKey: row.platformKey,
    platformName: row.platformName,
    logoPath: logoPath(row.platformKey),
    sourceType: row.sourceType,
    status: row.status,
    createdAt: iso(row.codatCreatedAt),
    state: row.state,
    stopped: stopOf(row),
    linkedAt: iso(row.linkedAt ?? (row.status === 'Linked' ? row.codatCreatedAt : null)),
    stateSince: iso(row.stateSince),
    firstKnownAt: row.firstKnownAt.toISOString(),
    lastSyncAt: iso(row.lastSyncAt),
    problem: row.state === 'Linked' ? null : currentProblem(row.errors),
    readFailure: row.readFailure,
  };
}

/** Path of a platform's logo on our own origin. */
export function logoPath(platformKey: string | null): string | null {
  return platformKey ? `/api/platforms/${encodeURIComponent(platformKey)}/logo` : null;
}

function stopOf({ state, stoppedWhy: why, stoppedSince }: Row): ConnectionSummary['stopped'] {
  if (state !== 'stopped' || !why || !stoppedSince) return null;
  return { why, since: stoppedSince.toISOString() };
}

/** The newest error that is not resolved. */
function currentProblem(errors: StoredConnectionError[]): ConnectionProblem | null {
  const open = errors.filter(({ state }) => state !== 'Resolved');
  open.sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
  const [newest] = open;
  return newest
    ? { statusCode: newest.statusCode, message: newest.message ?? newest.statusText, at: newest.at }
    : null;
}

function iso(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}

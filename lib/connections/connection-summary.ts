import 'server-only';
import { sql } from 'drizzle-orm';
import { connections, type StoredConnectionError } from '@/db/schema/connections';
import { wayOf } from './capabilities';
import type { ConnectionProblem, ConnectionSummary } from './types';

/** The columns a connection is shown from. */
const columns = {
  id: connections.id,
  companyId: connections.companyId,
  platformKey: connections.platformKey,
  platformName: connections.platformName,
  sourceType: connections.sourceType,
  integrationId: connections.integrationId,
  sourceId: connections.sourceId,
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

/**
 * Whether we hold the logo of a connection's platform. Written out, because Drizzle leaves the tables
 * out of a query's columns where there is only one.
 */
export const hasLogo = sql<boolean>`exists (
  select from integrations
  where integrations.platform_key = connections.platform_key and integrations.logo is not null)`;

/** What a connection is shown from. */
export const connectionFields = { ...columns, hasLogo };

type Row = {
  [Field in keyof typeof columns]: (typeof columns)[Field]['_']['notNull'] extends true
    ? (typeof columns)[Field]['_']['data']
    : (typeof columns)[Field]['_']['data'] | null;
} & { hasLogo: boolean };

/** A stored connection as people see it. */
export function toSummary(row: Row): ConnectionSummary {
  return {
    id: row.id,
    companyId: row.companyId,
    subsidiary: null,
    platformKey: row.platformKey,
    platformName: row.platformName,
    logoPath: logoPath(row),
    sourceType: row.sourceType,
    way: wayOf(row),
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

/** Path of a platform's logo on our own origin; null where we hold none. */
export function logoPath({
  platformKey,
  hasLogo: isHeld,
}: Pick<Row, 'platformKey' | 'hasLogo'>): string | null {
  return platformKey && isHeld ? `/api/platforms/${encodeURIComponent(platformKey)}/logo` : null;
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

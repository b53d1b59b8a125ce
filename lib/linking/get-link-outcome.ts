import 'server-only';
import { and, eq, isNotNull, or } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { linkSessions } from '@/db/schema/connections';
import { type Actor, isMember } from '@/lib/actor';
import { listPresent, requireCompanyHead } from '@/lib/connections/get-connections';
import type { ConnectionSummary } from '@/lib/connections/types';
import { isUuid } from '@/lib/storable-text';
import type { LinkOutcome, LinkOutcomeKind } from './schemas';

const outcomeFields = {
  companyId: linkSessions.companyId,
  statusCode: linkSessions.statusCode,
  connectionId: linkSessions.connectionId,
  reportedConnectionId: linkSessions.reportedConnectionId,
  verified: linkSessions.verified,
};

/**
 * How a visit to Link through a copied link ended: only the outcome, since the visitor may be
 * anonymous. The caller has its `state`.
 */
export async function getCopiedOutcome(linkSessionId: string): Promise<LinkOutcomeKind> {
  const [session] = await getDb()
    .select(outcomeFields)
    .from(linkSessions)
    .where(and(eq(linkSessions.id, linkSessionId), eq(linkSessions.startedAs, 'staff')));
  if (!session) return 'unknown';
  const about = session.reportedConnectionId ?? session.connectionId;
  const present = await listPresent(session.companyId);
  return outcomeKind(session.statusCode, present.find(({ id }) => id === about) ?? null);
}

/** How one of the actor's own visits to Link ended; null for anyone else's. */
export async function getLinkOutcome(
  actor: Actor,
  linkSessionId: string,
): Promise<LinkOutcome | null> {
  if (!isUuid(linkSessionId)) return null;
  const [session] = await getDb()
    .select(outcomeFields)
    .from(linkSessions)
    .where(
      and(
        eq(linkSessions.id, linkSessionId),
        // A link that staff copied is for any member of the company.
        or(eq(linkSessions.userId, actor.userId), eq(linkSessions.startedAs, 'staff')),
        isNotNull(linkSessions.returnedAt),
      ),
    );
  if (!session || !isMember(actor, session.companyId)) return null;
  const { company } = await requireCompanyHead(actor, session.companyId);
  const present = await listPresent(session.companyId);
  // Only a connection of this company counts, whatever the query named.
  const about = session.reportedConnectionId ?? session.connectionId;
  const connection = present.find(({ id }) => id === about) ?? null;
  return {
    kind: outcomeKind(session.statusCode, connection),
    company,
    connection,
    linked: present.filter(({ status }) => status === 'Linked'),
    verified: session.verified,
  };
}

/**
 * The outcome by Codat's status code, unless Codat's data about the connection says otherwise: the
 * query on its own never makes anything "connected".
 */
export function outcomeKind(
  statusCode: string | null,
  connection: ConnectionSummary | null,
): LinkOutcomeKind {
  switch (statusCode) {
    case '200':
      return connection?.status === 'Linked' ? 'connected' : 'unconfirmed';
    case '201':
      return 'unchanged';
    case '403':
      return 'cancelled';
    case '501':
      return 'unsupported';
    case null:
      return 'unknown';
    default:
      return 'failed';
  }
}

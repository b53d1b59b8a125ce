import 'server-only';
import { and, eq, isNotNull, or } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { linkSessions } from '@/db/schema/connections';
import { type Actor, isMember } from '@/lib/actor';
import { listFamily, requireCompanyHead } from '@/lib/connections/get-connections';
import { databaseNow } from '@/lib/runtime/process-state';
import { isUuid } from '@/lib/storable-text';
import { mayStillCome, outcomeKind } from './outcome-kind';
import type { LinkOutcome, LinkOutcomeKind } from './schemas';

const outcomeFields = {
  companyId: linkSessions.companyId,
  statusCode: linkSessions.statusCode,
  connectionId: linkSessions.connectionId,
  reportedConnectionId: linkSessions.reportedConnectionId,
  returnedAt: linkSessions.returnedAt,
  stateless: linkSessions.stateless,
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
  const present = await listFamily(session.companyId);
  const connection = present.find(({ id }) => id === about);
  // Whether their business is closed is nothing for a stranger.
  return outcomeKind({
    statusCode: session.statusCode,
    setup: 'ready',
    status: connection?.status ?? null,
    mayCome: true,
  });
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
  if (!session?.returnedAt || !isMember(actor, session.companyId)) return null;
  const { statusCode, returnedAt } = session;
  const { company, knownAt } = await requireCompanyHead(actor, session.companyId);
  const present = await listFamily(session.companyId);
  // Only a connection of this company counts, whatever the query named.
  const about = session.reportedConnectionId ?? session.connectionId;
  const connection = present.find(({ id }) => id === about) ?? null;
  return {
    kind: outcomeKind({
      statusCode,
      setup: company.setup,
      status: connection?.state ?? null,
      mayCome: mayStillCome(returnedAt, connection?.stateSince ?? null, new Date(databaseNow())),
    }),
    company,
    connection,
    linked: present.filter(({ state }) => state === 'Linked'),
    verified: session.verified || (knownAt !== null && new Date(knownAt) > returnedAt),
    stateless: session.stateless,
  };
}

import 'server-only';
import { and, desc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { linkSessions } from '@/db/schema/connections';
import { type Actor, companyIdsOf } from '@/lib/actor';
import { storableText } from '@/lib/storable-text';
import { hashState } from './redirect-url';

/** What came back in the query. Anyone can forge it: it is recorded, never trusted. */
export type ReturnQuery = {
  state: string | null;
  companyId: string | null;
  statusCode: string | null;
  connectionId: string | null;
  errorMessage: string | null;
};

/** Not returned yet. */
export const isOpen = isNull(linkSessions.returnedAt);

export type Consumed = { id: string; companyId: string; isNew: boolean };

const fields = { id: linkSessions.id, companyId: linkSessions.companyId };

/** What the query claims, as far as it can be stored. */
const claims = (query: ReturnQuery) => ({
  statusCode: query.statusCode && /^\d{3}$/.test(query.statusCode) ? query.statusCode : null,
  reportedConnectionId: noted(query.connectionId, 100),
  reportedMessage: noted(query.errorMessage, 300),
});

/** Uses the open hand-off that the `state` belongs to; one used before is found again. */
export async function consumeState(
  query: ReturnQuery,
  whose: SQL | undefined,
): Promise<Consumed | null> {
  if (!query.state) return null;
  const mine = and(eq(linkSessions.stateHash, hashState(query.state)), whose);
  const [used] = await getDb()
    .update(linkSessions)
    .set({ returnedAt: sql`now()`, stateless: false, ...claims(query) })
    .where(
      // What came without a `state` was only taken for this one.
      and(
        mine,
        or(isOpen, eq(linkSessions.stateless, true)),
        sql`${linkSessions.expiresAt} > now()`,
      ),
    )
    .returning(fields);
  if (used) return { ...used, isNew: true };
  const [before] = await getDb()
    .select(fields)
    .from(linkSessions)
    .where(and(mine, isNotNull(linkSessions.returnedAt)));
  return before ? { ...before, isNew: false } : null;
}

/** A hand-off that has not come back by then is not the one that comes back without a `state`. */
const openFor = sql`interval '1 hour'`;

/**
 * Uses the newest open hand-off of the last hour; of several businesses, that of the company in the
 * query. It is the person's own, and all that this changes: a forged return costs them a read.
 */
export async function consumeOpen(
  query: ReturnQuery,
  actor: Actor,
  theirs: SQL | undefined,
): Promise<Consumed | null> {
  const ids = companyIdsOf(actor);
  const recent = and(
    theirs,
    inArray(linkSessions.companyId, ids),
    sql`${linkSessions.handedOffAt} > now() - ${openFor}`,
  );
  const isNamed = sql`${companies.codatCompanyId} is not distinct from ${noted(query.companyId, 100)}`;
  const choose = (which: SQL | undefined) =>
    getDb()
      .select(fields)
      .from(linkSessions)
      .innerJoin(companies, eq(companies.id, linkSessions.companyId))
      .where(and(recent, which))
      .orderBy(desc(isNamed), desc(linkSessions.handedOffAt))
      .limit(1);
  const [reloaded] = await choose(and(eq(linkSessions.stateless, true), saysTheSame(query)));
  if (reloaded) return { ...reloaded, isNew: false };
  const [chosen] = await choose(isOpen);
  if (!chosen) return null;
  const [used] = await getDb()
    .update(linkSessions)
    .set({ returnedAt: sql`now()`, stateless: true, ...claims(query) })
    .where(and(eq(linkSessions.id, chosen.id), isOpen))
    .returning(fields);
  // Somebody was faster: the other tab, or the return that has the `state`.
  return { ...chosen, isNew: used !== undefined };
}

/** The page of a return opened again claims what it claimed before, within minutes. */
function saysTheSame(query: ReturnQuery): SQL | undefined {
  const { statusCode, reportedConnectionId } = claims(query);
  return and(
    sql`${linkSessions.statusCode} is not distinct from ${statusCode}`,
    sql`${linkSessions.reportedConnectionId} is not distinct from ${reportedConnectionId}`,
    sql`${linkSessions.returnedAt} > now() - interval '5 minutes'`,
  );
}

function noted(text: string | null, maxLength: number): string | null {
  return text ? storableText(text).slice(0, maxLength) || null : null;
}

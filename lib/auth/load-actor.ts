import 'server-only';
import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { treeBelow } from '@/db/family';
import { companies, memberships } from '@/db/schema/companies';
import { operatorRoles, sessions, users } from '@/db/schema/people';
import { type Actor, type OperatorRole, operatorRoleNames } from '@/lib/actor';

type LiveSession = { actor: Actor; lastSeenAt: Date };

/** The person behind a live session; null if it has ended or the account is disabled. */
export async function loadActor(db: Executor, sessionId: string): Promise<Actor | null> {
  return (await loadSession(db, sessionId))?.actor ?? null;
}

/** A live session: its person, and when its use was last recorded. */
export async function loadSession(db: Executor, sessionId: string): Promise<LiveSession | null> {
  return (await loadSessions(db, [sessionId])).get(sessionId) ?? null;
}

/** Those of the sessions that are live, by id, in one query. */
export async function loadSessions(
  db: Executor,
  sessionIds: string[],
): Promise<Map<string, LiveSession>> {
  const rows = await db
    .select({
      sessionId: sessions.id,
      lastSeenAt: sessions.lastSeenAt,
      userId: users.id,
      name: users.name,
      email: users.email,
      operatorRole: operatorRoles.role,
      companyId: companies.id,
      companyName: companies.name,
      memberRole: memberships.role,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(operatorRoles, eq(operatorRoles.userId, users.id))
    .leftJoin(memberships, and(eq(memberships.userId, users.id), isNull(memberships.removedAt)))
    .leftJoin(companies, eq(companies.id, memberships.companyId))
    .where(
      and(
        inArray(sessions.id, sessionIds),
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, new Date()),
        isNull(users.disabledAt),
      ),
    )
    .orderBy(asc(memberships.createdAt), asc(companies.id));
  const found = new Map<string, LiveSession>();
  for (const { sessionId, lastSeenAt, companyId, companyName, memberRole, ...person } of rows) {
    const session = found.get(sessionId) ?? {
      lastSeenAt,
      actor: {
        ...person,
        kind: 'person',
        sessionId,
        companies: [],
        subsidiaries: [],
        operatorRole: toOperatorRole(person.operatorRole),
      },
    };
    if (companyId && companyName !== null && memberRole) {
      session.actor.companies.push({ id: companyId, name: companyName, role: memberRole });
    }
    found.set(sessionId, session);
  }
  await addSubsidiaries(db, [...found.values()]);
  return found;
}

type Below = { id: string; name: string; parent_id: string };

async function addSubsidiaries(db: Executor, found: LiveSession[]): Promise<void> {
  const theirs = new Set(found.flatMap(({ actor }) => actor.companies.map(({ id }) => id)));
  if (theirs.size === 0) return;
  const { rows } = await db.execute<Below>(sql`
    with recursive ${treeBelow('tree', sql`${sql.param([...theirs])}::uuid[]`)}
    select c.id, c.name, tree.company_id as parent_id
    from tree join companies c on c.id = tree.member_id
    where depth > 0 order by c.created_at, c.id`);
  for (const { actor } of found) {
    const own = new Set(actor.companies.map(({ id }) => id));
    actor.subsidiaries = rows
      .filter((row) => own.has(row.parent_id))
      .map(({ id, name, parent_id: parentId }) => ({ id, name, parentId }));
  }
}

function toOperatorRole(role: string | null): OperatorRole | null {
  return operatorRoleNames.find((name) => name === role) ?? null;
}

/** Whether the person is or was a member of any company. */
export async function hasEverBelonged(db: Executor, actor: Actor): Promise<boolean> {
  const rows = await db
    .select({ id: memberships.companyId })
    .from(memberships)
    .where(eq(memberships.userId, actor.userId))
    .limit(1);
  return rows.length > 0;
}

import 'server-only';
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { companies, memberships } from '@/db/schema/companies';
import { operatorRoles, sessions, users } from '@/db/schema/people';
import { type OperatorRole, operatorRoleNames, type PersonActor } from '@/lib/actor';

function toOperatorRole(role: string | null): OperatorRole | null {
  return operatorRoleNames.find((name) => name === role) ?? null;
}

/** The person behind a session that is alive now; null when it has ended or the person may not in. */
export async function loadActor(db: Executor, sessionId: string): Promise<PersonActor | null> {
  return (await loadSession(db, sessionId))?.actor ?? null;
}

/** The same, and when the session was last noted to be in use. */
export async function loadSession(
  db: Executor,
  sessionId: string,
): Promise<{ actor: PersonActor; lastSeenAt: Date } | null> {
  const [row] = await db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      role: operatorRoles.role,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(operatorRoles, eq(operatorRoles.userId, users.id))
    .where(
      and(
        eq(sessions.id, sessionId),
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, new Date()),
        isNull(users.disabledAt),
      ),
    );
  if (!row) return null;
  const memberOf = await db
    .select({ id: companies.id, name: companies.name, role: memberships.role })
    .from(memberships)
    .innerJoin(companies, eq(companies.id, memberships.companyId))
    .where(and(eq(memberships.userId, row.userId), isNull(memberships.removedAt)))
    .orderBy(asc(memberships.createdAt), asc(companies.id));
  const actor: PersonActor = {
    kind: 'person',
    userId: row.userId,
    sessionId,
    name: row.name,
    email: row.email,
    companies: memberOf,
    operatorRole: toOperatorRole(row.role),
  };
  return { actor, lastSeenAt: row.lastSeenAt };
}

/** Whether the person is or was a member of any company. */
export async function hasEverBelonged(db: Executor, actor: PersonActor): Promise<boolean> {
  const rows = await db
    .select({ id: memberships.companyId })
    .from(memberships)
    .where(eq(memberships.userId, actor.userId))
    .limit(1);
  return rows.length > 0;
}

import 'server-only';
import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import { type Executor, getDb } from '@/db/client';
import { sessions, users } from '@/db/schema/people';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { type DeviceName, deviceName } from './device';

/** Where a person is signed in. Times are ISO-8601. */
export type OwnSession = DeviceName & {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  current: boolean;
};

const mostShown = 50;

/** The actor's sessions that are alive: the one in use first, then the last seen. */
export async function listOwnSessions(actor: Actor): Promise<OwnSession[]> {
  const rows = await getDb()
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(and(isOwn(actor), gt(sessions.expiresAt, sql`now()`)))
    .orderBy(desc(sql`${sessions.id} = ${actor.sessionId}`), desc(sessions.lastSeenAt))
    .limit(mostShown);
  return rows.map(({ userAgent, createdAt, lastSeenAt, id }) => ({
    ...deviceName(userAgent),
    id,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    current: id === actor.sessionId,
  }));
}

/** Whether the actor has a password here, or only signs in elsewhere. */
export async function hasPassword(actor: Actor): Promise<boolean> {
  const [user] = await getDb()
    .select({ has: sql<boolean>`${users.passwordHash} is not null` })
    .from(users)
    .where(eq(users.id, actor.userId));
  return user?.has ?? false;
}

/** Ends one of the actor's sessions. @throws AppError `not-found` when it is none of them. */
export async function endOwnSession(actor: Actor, sessionId: string): Promise<void> {
  const ended = await getDb()
    .update(sessions)
    .set({ endedAt: sql`now()` })
    .where(and(isOwn(actor), eq(sessions.id, sessionId)))
    .returning({ id: sessions.id });
  if (ended.length === 0) throw new AppError('not-found', 'notFound');
}

/** Ends all of the actor's sessions, the one in use too. */
export function endAllOwnSessions(actor: Actor): Promise<void> {
  return endAllSessions(getDb(), actor.userId);
}

/** Ends all sessions of a person, on every device. */
export async function endAllSessions(db: Executor, userId: string): Promise<void> {
  await db
    .update(sessions)
    .set({ endedAt: sql`now()` })
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)));
}

/** Records that a session is in use, at most every five minutes. */
export async function touchSession(sessionId: string): Promise<void> {
  await getDb()
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(
      and(
        eq(sessions.id, sessionId),
        isNull(sessions.endedAt),
        lt(sessions.lastSeenAt, sql`now() - interval '5 minutes'`),
      ),
    );
}

function isOwn(actor: Actor) {
  return and(eq(sessions.userId, actor.userId), isNull(sessions.endedAt));
}

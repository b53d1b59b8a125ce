import 'server-only';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type Executor, getDb } from '@/db/client';
import { sessions, users } from '@/db/schema/people';
import { AppError } from '@/lib/errors';
import type { RequestContext } from '@/lib/request-context';
import type { Actor } from './actor';
import { sessionMaxAgeSeconds } from './cookie';
import { verifyPassword } from './password';
import type { signInSchema } from './schemas';
import { countTry } from './throttle';

/** Names a new session row. */
export type NewSession = { sessionId: string; userId: string };

/**
 * Checks a password and starts a session.
 * @throws AppError `not-allowed` for any wrong combination, `throttled` after too many tries.
 */
export async function signIn(
  input: z.infer<typeof signInSchema>,
  context: RequestContext,
): Promise<NewSession> {
  const db = getDb();
  const from = context.ipAddress ?? 'unknown';
  await countTry(db, [
    { key: `sign-in:${input.email}:${from}`, limit: 10, windowSeconds: 900 },
    { key: `sign-in:${from}`, limit: context.ipAddress ? 50 : 1000, windowSeconds: 900 },
  ]);
  const [user] = await db
    .select({ id: users.id, passwordHash: users.passwordHash, disabledAt: users.disabledAt })
    .from(users)
    .where(eq(users.email, input.email));
  const fits = await verifyPassword(user?.passwordHash ?? null, input.password);
  if (!user || !fits || user.disabledAt) throw new AppError('not-allowed', 'signInFailed');
  return startSession(db, user.id, context);
}

/** Writes the row of a new session. */
export async function startSession(
  db: Executor,
  userId: string,
  context: RequestContext,
): Promise<NewSession> {
  const sessionId = crypto.randomUUID();
  await db.insert(sessions).values({
    id: sessionId,
    userId,
    expiresAt: new Date(Date.now() + sessionMaxAgeSeconds * 1000),
    ipAddress: context.ipAddress,
    userAgent: context.userAgent,
  });
  return { sessionId, userId };
}

/** Ends the session that the actor is using. */
export async function endSession(actor: Actor): Promise<void> {
  await getDb()
    .update(sessions)
    .set({ endedAt: new Date() })
    .where(and(eq(sessions.id, actor.sessionId), eq(sessions.userId, actor.userId)));
}

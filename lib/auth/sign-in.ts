import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { type Executor, getDb } from '@/db/client';
import { sessions, users } from '@/db/schema/people';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import type { RequestContext } from '@/lib/runtime/request-context';
import type { z } from '@/lib/zod';
import { sessionMaxAgeSeconds } from './cookie';
import type { Device } from './device';
import { verifyPassword } from './password';
import type { signInSchema } from './schemas';
import { countSignInTry } from './sign-in-throttle';

/** Names a new session row. */
export type NewSession = { sessionId: string; userId: string };

/**
 * Checks a password and starts a session.
 * @param device the browser, if someone has signed in on it before
 * @throws AppError `not-allowed` for any wrong combination, `throttled` after too many tries.
 */
export async function signIn(
  input: Pick<z.infer<typeof signInSchema>, 'email' | 'password'>,
  context: RequestContext,
  device: Device | null = null,
): Promise<NewSession> {
  const db = getDb();
  const [user] = await db
    .select({ id: users.id, passwordHash: users.passwordHash, disabledAt: users.disabledAt })
    .from(users)
    .where(eq(users.email, input.email));
  const knownDevice = user && device?.userIds.includes(user.id) ? device.id : null;
  const tries = await countSignInTry(db, { email: input.email, context, knownDevice });
  const fits = await verifyPassword(user?.passwordHash ?? null, input.password);
  if (!user?.passwordHash || !fits || user.disabledAt) {
    throw new AppError('not-allowed', 'signInFailed');
  }
  await tries.takeBack();
  return startCheckedSession(user.id, user.passwordHash, context);
}

/**
 * Starts a session only if the password that was checked is still the account's: changing or
 * voiding it in the meantime ends all sessions, and this one must not survive that.
 * @throws AppError `not-allowed`
 */
export function startCheckedSession(
  userId: string,
  passwordHash: string,
  context: RequestContext,
): Promise<NewSession> {
  return getDb().transaction(async (tx) => {
    const [still] = await tx
      .select({ id: users.id })
      .from(users)
      .where(
        and(eq(users.id, userId), eq(users.passwordHash, passwordHash), isNull(users.disabledAt)),
      )
      .for('share');
    if (!still) throw new AppError('not-allowed', 'signInFailed');
    return startSession(tx, userId, context);
  });
}

/** Writes the row of a new session. */
export async function startSession(
  db: Executor,
  userId: string,
  context: Pick<RequestContext, 'ipAddress' | 'userAgent'>,
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

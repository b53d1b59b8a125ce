import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { users } from '@/db/schema/people';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/runtime/logger';
import type { RequestContext } from '@/lib/runtime/request-context';
import type { z } from '@/lib/zod';
import { endAllSessions } from './own-sessions';
import { hashPassword, isCommonPassword, verifyPassword } from './password';
import type { changePasswordSchema } from './schemas';
import { type NewSession, startSession } from './sign-in';
import { countTry } from './throttle';

/**
 * Changes the actor's password and ends all of their sessions, including the current one, so a
 * copied cookie is worthless.
 * @returns a new session for this device.
 * @throws AppError `invalid` for a wrong current or an unfit new password, `throttled`, `conflict`.
 */
export async function changePassword(
  actor: Actor,
  input: z.infer<typeof changePasswordSchema>,
  context: RequestContext,
): Promise<NewSession> {
  const db = getDb();
  const [user] = await db
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, actor.userId));
  if (!user?.passwordHash) throw new AppError('conflict', 'noPassword');
  const tries = await countTry(db, [
    { key: `change-password:${actor.userId}`, limit: 10, windowSeconds: 900 },
  ]);
  if (!(await verifyPassword(user.passwordHash, input.currentPassword))) {
    throw new AppError('invalid', 'passwordWrong', { field: 'currentPassword' });
  }
  await tries.takeBack();
  if (isCommonPassword(input.newPassword)) {
    throw new AppError('invalid', 'passwordCommon', { field: 'newPassword' });
  }
  return replacePassword(actor, user.passwordHash, await hashPassword(input.newPassword), context);
}

function replacePassword(
  actor: Actor,
  from: string,
  to: string,
  context: RequestContext,
): Promise<NewSession> {
  return getDb().transaction(async (tx) => {
    const changed = await tx
      .update(users)
      .set({ passwordHash: to })
      .where(
        and(eq(users.id, actor.userId), eq(users.passwordHash, from), isNull(users.disabledAt)),
      )
      .returning({ id: users.id });
    if (changed.length === 0) throw new AppError('conflict', 'conflict');
    await endAllSessions(tx, actor.userId);
    logger.info({ actorId: actor.userId }, 'a password was changed');
    return startSession(tx, actor.userId, context);
  });
}

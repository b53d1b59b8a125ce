import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { users } from '@/db/schema/people';
import { hashPassword, isCommonPassword, verifyPassword } from '@/lib/auth/password';
import type { signUpSchema } from '@/lib/auth/schemas';
import { type NewSession, startCheckedSession, startSession } from '@/lib/auth/sign-in';
import { countSignInTry } from '@/lib/auth/sign-in-throttle';
import { countTry } from '@/lib/auth/throttle';
import { AppError } from '@/lib/errors';
import { networkOf } from '@/lib/runtime/ip-address';
import type { RequestContext } from '@/lib/runtime/request-context';
import type { z } from '@/lib/zod';
import { addCompany, setUpAtOnce } from './provision/begin-setup';

/**
 * Creates user, company, membership and the job that creates the company at Codat, in one
 * transaction, and runs the job's first attempt immediately. A known address with its right password signs
 * in, so that a double submit ends in the one account.
 * @throws AppError `conflict` for a known address with another password, `throttled`.
 */
export async function signUp(
  input: z.infer<typeof signUpSchema>,
  context: RequestContext,
): Promise<NewSession> {
  const db = getDb();
  const from = context.ipAddress ? networkOf(context.ipAddress) : 'unknown';
  await countTry(db, [
    { key: `sign-up:${input.email}`, limit: 30, windowSeconds: 900 },
    { key: `sign-up:${from}`, limit: context.ipAddress ? 30 : 1000, windowSeconds: 900 },
  ]);
  if (isCommonPassword(input.password)) {
    throw new AppError('invalid', 'passwordCommon', { field: 'password' });
  }
  const passwordHash = await hashPassword(input.password);

  const created = await db.transaction(async (tx) => {
    const [user] = await tx
      .insert(users)
      .values({ email: input.email, name: input.name, passwordHash })
      .onConflictDoNothing({ target: users.email })
      .returning({ id: users.id });
    if (!user) return null;
    const companyId = await addCompany(tx, user.id, input.businessName);
    return { companyId, session: await startSession(tx, user.id, context) };
  });
  if (!created) return signInInstead(input, context);

  await setUpAtOnce(created.companyId);
  return created.session;
}

/**
 * Counts as an attempt to sign in, or this form would be a way around the counters. A double submit
 * comes within a minute of the account, and isn't counted.
 */
async function signInInstead(
  input: z.infer<typeof signUpSchema>,
  context: RequestContext,
): Promise<NewSession> {
  const db = getDb();
  const [user] = await db
    .select({
      id: users.id,
      passwordHash: users.passwordHash,
      disabledAt: users.disabledAt,
      isNew: sql<boolean>`${users.createdAt} > now() - interval '1 minute'`,
    })
    .from(users)
    .where(eq(users.email, input.email));
  const attempt = { email: input.email, context, knownDevice: null };
  const tries = user?.isNew ? null : await countSignInTry(db, attempt);
  const fits = await verifyPassword(user?.passwordHash ?? null, input.password);
  if (!user?.passwordHash || !fits || user.disabledAt) {
    throw new AppError('conflict', 'signUpUnavailable');
  }
  await tries?.takeBack();
  return startCheckedSession(user.id, user.passwordHash, context);
}

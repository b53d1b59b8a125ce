import 'server-only';
import { eq } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { memberships } from '@/db/schema/companies';
import { users } from '@/db/schema/people';
import type { Actor } from '@/lib/actor';
import type { businessSchema } from '@/lib/auth/schemas';
import { AppError } from '@/lib/errors';
import type { z } from '@/lib/zod';
import { addCompany, setUpAtOnce } from './provision/begin-setup';

/**
 * Creates the company of a person who signed up through the identity provider and has none. Sending
 * the form twice creates one.
 * @throws AppError `not-allowed` if the actor has left a company: they have to ask to rejoin.
 */
export async function nameBusiness(
  actor: Actor,
  { businessName }: z.infer<typeof businessSchema>,
): Promise<void> {
  const companyId = await getDb().transaction(async (tx) => {
    // One at a time for one person.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, actor.userId)).for('update');
    const belongs = await tx
      .select({ removedAt: memberships.removedAt })
      .from(memberships)
      .where(eq(memberships.userId, actor.userId));
    if (belongs.some(({ removedAt }) => removedAt === null)) return null;
    if (belongs.length > 0 || actor.operatorRole) throw new AppError('not-allowed', 'notAllowed');
    return addCompany(tx, actor.userId, businessName);
  });
  if (companyId) await setUpAtOnce(companyId);
}

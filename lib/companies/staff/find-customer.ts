import 'server-only';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies, memberships } from '@/db/schema/companies';
import { users } from '@/db/schema/people';
import { type Actor, can } from '@/lib/actor';

/** Somebody with an account, as far as it takes to recognise them. */
export type Customer = {
  userId: string;
  name: string;
  email: string;
  disabled: boolean;
  /** Names of their companies; a few. */
  companies: string[];
};

/** The person with exactly this address; null when nobody has it, or the actor may not ask. */
export async function findCustomer(actor: Actor, email: string): Promise<Customer | null> {
  if (!can(actor, 'companies:write')) return null;
  const db = getDb();
  const [user] = await db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      disabledAt: users.disabledAt,
    })
    .from(users)
    .where(eq(users.email, email));
  if (!user) return null;
  const theirs = await db
    .select({ name: companies.name })
    .from(memberships)
    .innerJoin(companies, eq(companies.id, memberships.companyId))
    .where(and(eq(memberships.userId, user.userId), isNull(memberships.removedAt)))
    .orderBy(asc(memberships.createdAt))
    .limit(5);
  const { disabledAt, ...who } = user;
  return { ...who, disabled: disabledAt !== null, companies: theirs.map(({ name }) => name) };
}

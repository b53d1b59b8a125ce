import 'server-only';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { getDb, type Tx } from '@/db/client';
import { listAbove } from '@/db/family';
import { companies, memberships } from '@/db/schema/companies';
import { users } from '@/db/schema/people';
import { type Actor, can } from '@/lib/actor';
import { recordAudit } from '@/lib/audit/record-audit';
import type { assignSchema } from '@/lib/companies/schemas';
import { AppError } from '@/lib/errors';
import { publishChange } from '@/lib/live/publish';
import type { RequestContext } from '@/lib/runtime/request-context';
import { lockCompany } from '@/lib/sync/lock-company';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import type { z } from '@/lib/zod';
import { requireStaffCompany } from './staff-company';

/**
 * Assigns an unassigned company to a customer, who then sees it and acts for it as its owner. Doing
 * it twice for the same person has no further effect.
 * @throws AppError `not-allowed`, `not-found`, `invalid` (no such person), `conflict` (deleted, or
 * already assigned to someone else)
 */
export async function assignCompany(
  actor: Actor,
  { companyId, email }: z.infer<typeof assignSchema>,
  context: RequestContext,
): Promise<void> {
  const company = await requireStaffCompany(actor, 'companies:write', companyId);
  if (company.codatDeletedAt) throw new AppError('conflict', 'staff.companyDeleted');
  const customer = await findCustomer(actor, email);
  if (!customer) throw new AppError('invalid', 'staff.noSuchPerson', { field: 'email' });
  if (customer.disabled) throw new AppError('invalid', 'staff.personDisabled', { field: 'email' });
  const db = getDb();
  await db.transaction(async (tx) => {
    const owners = await lockedOwners(tx, companyId);
    if (owners.includes(customer.userId)) return;
    if (owners.length > 0) throw new AppError('conflict', 'staff.assignedMeanwhile');
    if ((await listAbove(tx, companyId)).length > 0) {
      throw new AppError('conflict', 'staff.belongsWithParent');
    }
    const owner = { role: 'owner', removedAt: null } as const;
    await tx
      .insert(memberships)
      .values({ companyId, userId: customer.userId, ...owner })
      .onConflictDoUpdate({ target: [memberships.companyId, memberships.userId], set: owner });
    await tx.update(companies).set({ ignoredAt: null }).where(eq(companies.id, companyId));
    await rollUpCompanies(tx, [companyId]);
    await recordAudit(tx, actor, {
      action: 'company.assign',
      companyId,
      subject: company.name,
      detail: { to: customer.email },
      context,
    });
  });
  await publishChange(db, [companyId]);
}

/** Who the company belongs to, with its row locked, so that one of two simultaneous calls fails. */
async function lockedOwners(tx: Tx, companyId: string): Promise<string[]> {
  await lockCompany(tx, companyId);
  const rows = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.companyId, companyId), isNull(memberships.removedAt)));
  return rows.map(({ userId }) => userId);
}

/** Somebody with an account, as far as it takes to recognise them. */
export type Customer = {
  userId: string;
  name: string;
  email: string;
  disabled: boolean;
  /** Names of their companies; a few. */
  companies: string[];
};

/** The person with exactly this address; null when no one has it, or the actor may not ask. */
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

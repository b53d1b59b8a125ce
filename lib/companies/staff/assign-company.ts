import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { getDb, type Tx } from '@/db/client';
import { companies, memberships } from '@/db/schema/companies';
import type { Actor } from '@/lib/actor';
import { recordAudit } from '@/lib/audit/record-audit';
import type { assignSchema } from '@/lib/companies/schemas';
import { AppError } from '@/lib/errors';
import { publishChange } from '@/lib/live/publish';
import type { RequestContext } from '@/lib/runtime/request-context';
import { lockCompany } from '@/lib/sync/lock-company';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import type { z } from '@/lib/zod';
import { findCustomer } from './find-customer';
import { requireStaffCompany } from './staff-company';

/**
 * Gives a company that is nobody's to a customer, who from then on sees it and acts for it as its
 * owner. Done twice for the same person, it is done once.
 * @throws AppError `not-allowed`, `not-found`, `invalid` (no such person), `conflict` (deleted, or
 * somebody else's meanwhile)
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
    const owner = { role: 'owner', removedAt: null };
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

/** Who the company belongs to, with its row held, so that of two at once one is told. */
async function lockedOwners(tx: Tx, companyId: string): Promise<string[]> {
  await lockCompany(tx, companyId);
  const rows = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.companyId, companyId), isNull(memberships.removedAt)));
  return rows.map(({ userId }) => userId);
}

import 'server-only';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { companyList } from '@/db/schema/company-list';
import type { Actor } from '@/lib/actor';
import { recordAudit } from '@/lib/audit/record-audit';
import { AppError } from '@/lib/errors';
import { publishChange } from '@/lib/live/publish';
import type { RequestContext } from '@/lib/runtime/request-context';
import { lockCompany } from '@/lib/sync/lock-company';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import { requireStaffCompany } from './staff-company';

/**
 * Marks a company found at Codat as not a customer, so it is no longer listed as unassigned. Ignoring
 * it again changes nothing.
 * @throws AppError `not-allowed`, `not-found`, `conflict` (it has an owner, or was created here)
 */
export function ignoreCompany(actor: Actor, companyId: string, context: RequestContext) {
  return setIgnored(actor, companyId, context, true);
}

/** Lists an ignored company as unassigned again. @throws AppError as `ignoreCompany` */
export function takeBackCompany(actor: Actor, companyId: string, context: RequestContext) {
  return setIgnored(actor, companyId, context, false);
}

async function setIgnored(
  actor: Actor,
  companyId: string,
  context: RequestContext,
  ignored: boolean,
): Promise<void> {
  const company = await requireStaffCompany(actor, 'companies:write', companyId);
  const db = getDb();
  await db.transaction(async (tx) => {
    await lockCompany(tx, companyId);
    const [unassigned] = await tx
      .select({ isIgnored: isNotNull(companyList.ignoredAt) })
      .from(companyList)
      .where(
        and(
          eq(companyList.companyId, companyId),
          eq(companyList.origin, 'codat'),
          eq(companyList.ownerEmail, ''),
        ),
      );
    if (!unassigned) throw new AppError('conflict', 'staff.notUnassigned');
    if (unassigned.isIgnored === ignored) return;
    await tx
      .update(companies)
      .set({ ignoredAt: ignored ? sql`now()` : null })
      .where(eq(companies.id, companyId));
    await rollUpCompanies(tx, [companyId]);
    await recordAudit(tx, actor, {
      action: ignored ? 'company.ignore' : 'company.unignore',
      companyId,
      subject: company.name,
      context,
    });
  });
  await publishChange(db, [companyId]);
}

import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { updateCompany } from '@/lib/codat/companies';
import { asStaffError } from '@/lib/codat/staff-error';
import type { CompanySnapshot } from '@/lib/codat/transform';
import { publishChange } from '@/lib/live/publish';
import { lockCompany } from '@/lib/sync/lock-company';
import { readDelayMs, requestRead } from '@/lib/sync/request-read';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import { nameFromCodat } from '@/lib/sync/sync-name-and-tags';
import { requireAtCodat, type StaffCompany } from './staff-company';

/**
 * Changes a company's name or tags at Codat, and then here to what Codat answered. Until Codat has
 * said yes nothing changes here; after an unclear answer a read tells.
 * @returns the company as Codat has it now. @throws AppError
 */
export async function changeAtCodat(
  company: StaffCompany,
  change: { description?: string; tags?: Record<string, string> },
): Promise<CompanySnapshot> {
  const codatCompanyId = requireAtCodat(company);
  const { snapshot } = await updateCompany(codatCompanyId, change).catch(async (error: unknown) => {
    await requestRead(getDb(), company.id, readDelayMs.soon);
    throw asStaffError(error, 'change');
  });
  await recordChange(company, snapshot);
  return snapshot;
}

/** A read that began before Codat made the change would take it back: it is made an old one. */
async function recordChange(company: StaffCompany, snapshot: CompanySnapshot): Promise<void> {
  const db = getDb();
  await db.transaction(async (tx) => {
    await lockCompany(tx, company.id);
    await tx
      .update(companies)
      .set({
        name: nameFromCodat(company.id, snapshot) ?? company.name,
        tags: snapshot.tags,
        readApplied: sql`nextval('read_tokens')`,
        readLeaseUntil: null,
      })
      .where(eq(companies.id, company.id));
    await rollUpCompanies(tx, [company.id]);
    await requestRead(tx, company.id, readDelayMs.soon);
  });
  await publishChange(db, [company.id]);
}

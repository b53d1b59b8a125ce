import 'server-only';
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import type { Actor } from '@/lib/actor';
import { auditCall } from '@/lib/audit/record-audit';
import { deleteCompany as deleteAtCodat, findCompanyByUid } from '@/lib/codat/companies';
import { countPersonCall } from '@/lib/codat/count-person-call';
import { isNotFound } from '@/lib/codat/errors';
import { asStaffError } from '@/lib/codat/explain-error';
import type { deleteCompanySchema } from '@/lib/companies/schemas';
import { AppError } from '@/lib/errors';
import { publishChange } from '@/lib/live/publish';
import type { RequestContext } from '@/lib/runtime/request-context';
import { applyStaffDeletion } from '@/lib/sync/apply-read';
import { takeToken } from '@/lib/sync/read-ticket';
import { readDelayMs, requestRead } from '@/lib/sync/request-read';
import type { z } from '@/lib/zod';
import { requireStaffCompany, type StaffCompany } from './staff-company';

/** Longer than the calls to Codat can take. */
const leaseSeconds = 45;

/**
 * Deletes a company at Codat, for good, and gives one up that was never set up there. What it held is
 * kept here as history. What is gone already counts as done.
 * @throws AppError `not-allowed`, `not-found`, `invalid` (another name was typed), `conflict` (it is
 * being set up), `throttled`, `upstream-…`
 */
export async function deleteCompany(
  actor: Actor,
  { companyId, typed }: z.infer<typeof deleteCompanySchema>,
  context: RequestContext,
): Promise<void> {
  const company = await requireStaffCompany(actor, 'companies:write', companyId);
  if (company.codatDeletedAt) return;
  if (!isSameName(typed, company.name)) {
    throw new AppError('invalid', 'staff.otherName', { field: 'typed' });
  }
  await countPersonCall(actor, { kind: 'change', companyId });
  const record = {
    action: 'company.delete',
    companyId,
    subject: company.name,
    detail: { codatCompanyId: company.codatCompanyId },
    context,
  } as const;
  const db = getDb();
  const since = await takeToken(db);
  const byUs = await auditCall(actor, record, () =>
    company.codatCompanyId
      ? deleteKnown(companyId, company.codatCompanyId)
      : deleteUnfinished(company),
  );
  await applyStaffDeletion(db, companyId, actor.userId, byUs ? since : null);
  await publishChange(db, [companyId]);
}

/** Typed by hand or pasted: blanks and composed letters may differ, nothing else. */
export function isSameName(a: string, b: string): boolean {
  const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
  return plain(a) === plain(b);
}

/** @returns whether it was still there to be deleted. */
async function deleteKnown(companyId: string, codatCompanyId: string): Promise<boolean> {
  try {
    await deleteAtCodat(codatCompanyId);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    // The answer may have been lost after the effect: a read tells.
    await requestRead(getDb(), companyId, readDelayMs.soon);
    throw asStaffError(error, 'change');
  }
}

/**
 * Takes over from setup, so that nothing creates the company in the meantime, and makes sure that no
 * earlier attempt has left one at Codat.
 */
async function deleteUnfinished(company: StaffCompany): Promise<boolean> {
  const db = getDb();
  const mine = and(eq(companies.id, company.id), isNull(companies.codatCompanyId));
  const [claimed] = await db
    .update(companies)
    .set({ provisionLeaseUntil: sql`now() + ${leaseSeconds} * interval '1 second'` })
    .where(
      and(
        mine,
        or(isNull(companies.provisionLeaseUntil), lt(companies.provisionLeaseUntil, sql`now()`)),
      ),
    )
    .returning({ id: companies.id });
  if (!claimed) throw new AppError('conflict', 'staff.setupUnderWay');
  try {
    const orphan = await findCompanyByUid(company.id, 'person');
    // The sweep may have found it first and staff given it to a customer, who keeps it.
    const isFree = orphan && !(await isHeld(orphan.snapshot.codatCompanyId));
    if (isFree) await deleteAtCodat(orphan.snapshot.codatCompanyId);
  } catch (error) {
    await db.update(companies).set({ provisionLeaseUntil: null }).where(mine);
    if (!isNotFound(error)) throw asStaffError(error, 'change');
  }
  return true;
}

async function isHeld(codatCompanyId: string): Promise<boolean> {
  return (await getDb().$count(companies, eq(companies.codatCompanyId, codatCompanyId))) > 0;
}

import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { companyReads } from '@/db/schema/sync';
import type { Actor } from '@/lib/actor';
import { auditCall } from '@/lib/audit/record-audit';
import { type CompanyChange, updateCompany } from '@/lib/codat/companies';
import { charactersCut } from '@/lib/codat/company-name';
import { countPersonCall } from '@/lib/codat/count-person-call';
import { asStaffError } from '@/lib/codat/explain-error';
import { reservedTag, sameTags, tagLimits } from '@/lib/codat/tags';
import { type CompanySnapshot, shown } from '@/lib/codat/transform';
import type { renameSchema, tagSchema } from '@/lib/companies/schemas';
import { AppError } from '@/lib/errors';
import { publishChange } from '@/lib/live/publish';
import type { RequestContext } from '@/lib/runtime/request-context';
import { lockCompany } from '@/lib/sync/lock-company';
import { readCompany } from '@/lib/sync/read-company';
import { beginRead } from '@/lib/sync/read-ticket';
import { readDelayMs, requestRead } from '@/lib/sync/request-read';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import { describeTagChange, noteIn } from '@/lib/sync/sync-name-and-tags';
import type { z } from '@/lib/zod';
import { requireAtCodat, requireStaffCompany, type StaffCompany } from './staff-company';

/**
 * Gives a company another name: what it is called here, and at Codat, where a company that was made here
 * is named by our id and described by its name. A note that someone wrote in place of that description
 * stays.
 * @throws AppError `not-allowed`, `not-found`, `not-ready`, `conflict` (deleted), `invalid` (Codat would
 * cut the name of a company found there), `throttled`, `upstream-…`
 */
export async function renameCompany(
  actor: Actor,
  { companyId, name }: z.infer<typeof renameSchema>,
  context: RequestContext,
): Promise<void> {
  const company = await requireStaffCompany(actor, 'companies:write', companyId);
  requireAtCodat(company);
  if (name === company.name) return;
  const found = company.origin === 'codat';
  const cut = found ? charactersCut(name) : '';
  if (cut !== '') {
    throw new AppError('invalid', 'staff.nameCut', { field: 'name', params: { characters: cut } });
  }
  await countPersonCall(actor, { kind: 'change', companyId });
  const record = {
    action: 'company.rename',
    companyId,
    subject: company.name,
    detail: { to: name },
    context,
  } as const;
  await auditCall(actor, record, async () => {
    if (found) return renameAtCodat(company, { name });
    const { description } = await readNow(companyId);
    const isNote = description !== null && description !== shown(company.name);
    return isNote
      ? recordChange(company, { name })
      : renameAtCodat(company, { description: name }, name);
  });
}

/** Done only if Codat's answer has it. */
async function renameAtCodat(
  company: StaffCompany,
  change: { name: string } | { description: string },
  ownName?: string,
): Promise<void> {
  const now = await changeAtCodat(company, change, ownName);
  const [told, sent] =
    'name' in change ? [now.name, change.name] : [now.description, change.description];
  if (told !== shown(sent)) throw new AppError('upstream-refused', 'staff.nameNotTaken');
}

/**
 * Sets a company's tags at Codat. Codat takes the whole map at once, so it is read first: what was
 * changed there since the form was made is not overruled, and our own id among the tags is kept.
 * @throws AppError `not-allowed`, `not-found`, `not-ready`, `conflict`, `invalid`, `throttled`,
 * `upstream-…`
 */
export async function tagCompany(
  actor: Actor,
  { companyId, shown, tags }: z.infer<typeof tagSchema>,
  context: RequestContext,
): Promise<void> {
  const company = await requireStaffCompany(actor, 'companies:write', companyId);
  requireAtCodat(company);
  await countPersonCall(actor, { kind: 'change', companyId });
  const present = await readTags(companyId);
  if (!sameTags(present.own, shown)) throw new AppError('conflict', 'staff.tagsChanged');
  if (sameTags(present.own, tags)) return;
  const whole = { ...tags, ...present.reserved };
  if (Object.keys(whole).length > tagLimits.count) {
    throw new AppError('invalid', 'staff.tagsTooMany', { params: { count: tagLimits.count } });
  }
  const record = {
    action: 'company.tag',
    companyId,
    subject: company.name,
    detail: describeTagChange(present.own, tags),
    context,
  } as const;
  await auditCall(actor, record, async () => {
    const now = await changeAtCodat(company, { tags: whole });
    if (!sameTags(now.tags, whole)) throw new AppError('upstream-refused', 'staff.tagsNotTaken');
  });
}

/** The company as Codat has it now. @throws AppError */
async function readNow(companyId: string): Promise<CompanySnapshot> {
  const ticket = await beginRead(getDb(), companyId);
  if (!ticket) throw new AppError('not-ready', 'staff.notSetUp');
  const answer = await readCompany(ticket, 'read', 'person').catch((error: unknown) => {
    throw asStaffError(error, 'read');
  });
  if (!answer) throw new AppError('conflict', 'staff.companyDeleted');
  return answer.snapshot;
}

async function readTags(companyId: string) {
  const snapshot = await readNow(companyId);
  if (!snapshot.tagsComplete) throw new AppError('conflict', 'staff.tagsHidden');
  const { [reservedTag]: id, ...own } = snapshot.tags;
  const reserved: Record<string, string> = id === undefined ? {} : { [reservedTag]: id };
  return { own, reserved };
}

/**
 * Changes a company at Codat, and then here to what Codat answered. Until Codat has said yes nothing
 * changes here; after an unclear answer a read tells.
 * @param ownName what the company is called here from then on, if it was made here.
 * @returns the company as Codat has it now. @throws AppError
 */
async function changeAtCodat(
  company: StaffCompany,
  change: CompanyChange,
  ownName?: string,
): Promise<CompanySnapshot> {
  const codatCompanyId = requireAtCodat(company);
  const { snapshot } = await updateCompany(codatCompanyId, change).catch(async (error: unknown) => {
    await requestRead(getDb(), company.id, readDelayMs.soon);
    throw asStaffError(error, 'change');
  });
  const nameThere = company.origin === 'codat' ? snapshot.name : '';
  const name = ownName || nameThere || company.name;
  await recordChange(company, {
    ...{ name, tags: snapshot.tags, codatDescription: noteIn(snapshot, name) },
  });
  return snapshot;
}

/** A read that started before Codat made the change would undo it, so it is made outdated. */
async function recordChange(
  company: StaffCompany,
  change: Partial<typeof companies.$inferInsert>,
): Promise<void> {
  const db = getDb();
  await db.transaction(async (tx) => {
    await lockCompany(tx, company.id);
    await tx.update(companies).set(change).where(eq(companies.id, company.id));
    await tx
      .update(companyReads)
      .set({ readApplied: sql`nextval('read_tokens')`, readLeaseUntil: null })
      .where(eq(companyReads.companyId, company.id));
    await rollUpCompanies(tx, [company.id]);
    await requestRead(tx, company.id, readDelayMs.soon);
  });
  await publishChange(db, [company.id]);
}

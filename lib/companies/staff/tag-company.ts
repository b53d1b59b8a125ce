import 'server-only';
import { getDb } from '@/db/client';
import type { Actor } from '@/lib/actor';
import { auditCall } from '@/lib/audit/audit-call';
import { asStaffError } from '@/lib/codat/staff-error';
import { reservedTag, sameTags, tagLimits } from '@/lib/codat/tags';
import type { tagSchema } from '@/lib/companies/schemas';
import { AppError } from '@/lib/errors';
import type { RequestContext } from '@/lib/runtime/request-context';
import { readCompany } from '@/lib/sync/read-company';
import { beginRead } from '@/lib/sync/read-ticket';
import { describeTagChange } from '@/lib/sync/sync-name-and-tags';
import type { z } from '@/lib/zod';
import { changeAtCodat } from './change-at-codat';
import { requireAtCodat, requireStaffCompany } from './staff-company';

/**
 * Sets a company's tags at Codat. Codat takes the whole map at once, so it is read first: what was
 * changed there since the form was made is not overruled, and our own id among the tags is kept.
 * @throws AppError `not-allowed`, `not-found`, `not-ready`, `conflict`, `invalid`, `upstream-…`
 */
export async function tagCompany(
  actor: Actor,
  { companyId, shown, tags }: z.infer<typeof tagSchema>,
  context: RequestContext,
): Promise<void> {
  const company = await requireStaffCompany(actor, 'companies:write', companyId);
  requireAtCodat(company);
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

async function readTags(companyId: string) {
  const ticket = await beginRead(getDb(), companyId);
  if (!ticket) throw new AppError('not-ready', 'staff.notSetUp');
  const answer = await readCompany(ticket, 'read').catch((error: unknown) => {
    throw asStaffError(error, 'read');
  });
  if (!answer) throw new AppError('conflict', 'staff.companyDeleted');
  if (!answer.snapshot.tagsComplete) throw new AppError('conflict', 'staff.tagsHidden');
  const { [reservedTag]: id, ...own } = answer.snapshot.tags;
  const reserved: Record<string, string> = id === undefined ? {} : { [reservedTag]: id };
  return { own, reserved };
}

import 'server-only';
import { getDb } from '@/db/client';
import type { Actor } from '@/lib/actor';
import { recordAudit } from '@/lib/audit/record-audit';
import { countTry } from '@/lib/auth/throttle';
import { countPersonCall } from '@/lib/codat/count-person-call';
import { asStaffError } from '@/lib/codat/explain-error';
import { AppError } from '@/lib/errors';
import type { RequestContext } from '@/lib/runtime/request-context';
import { readCompany } from '@/lib/sync/read-company';
import { beginRead } from '@/lib/sync/read-ticket';
import { type CompanyChange, compareStates, getCompanyState } from './company-state';
import { requireStaffCompany } from './staff-company';

const messageKey = 'staff.rereadThrottled';

/**
 * Reads a company from Codat now, for staff, also one that was deleted there: the read tells.
 * @returns what has changed since; empty when all was known.
 * @throws AppError `not-allowed`, `not-found`, `not-ready`, `throttled`, `upstream-…`
 */
export async function rereadCompany(
  actor: Actor,
  companyId: string,
  context: RequestContext,
): Promise<CompanyChange[]> {
  const db = getDb();
  const company = await requireStaffCompany(actor, 'companies:refresh', companyId);
  if (!company.codatCompanyId) throw new AppError('not-ready', 'staff.notSetUp');
  await countTry(db, [{ key: `reread:${companyId}`, limit: 6, windowSeconds: 60, messageKey }]);
  await countPersonCall(actor, { kind: 'reread', companyId });
  await recordAudit(db, actor, {
    action: 'company.reread',
    companyId,
    subject: company.name,
    context,
  });
  const before = await getCompanyState(companyId);
  const ticket = await beginRead(db, companyId);
  if (!ticket) throw new AppError('not-ready', 'staff.notSetUp');
  await readCompany(ticket, 'read', 'person').catch((error: unknown) => {
    throw asStaffError(error, 'read');
  });
  return compareStates(before, await getCompanyState(companyId));
}

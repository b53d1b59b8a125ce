import 'server-only';
import type { Actor } from '@/lib/actor';
import { auditCall } from '@/lib/audit/audit-call';
import type { renameSchema } from '@/lib/companies/schemas';
import type { RequestContext } from '@/lib/runtime/request-context';
import type { z } from '@/lib/zod';
import { changeAtCodat } from './change-at-codat';
import { requireAtCodat, requireStaffCompany } from './staff-company';

/**
 * Gives a company another name, here and as its description at Codat, where its name is our id.
 * @throws AppError `not-allowed`, `not-found`, `not-ready`, `conflict` (deleted), `upstream-…`
 */
export async function renameCompany(
  actor: Actor,
  { companyId, name }: z.infer<typeof renameSchema>,
  context: RequestContext,
): Promise<void> {
  const company = await requireStaffCompany(actor, 'companies:write', companyId);
  requireAtCodat(company);
  if (name === company.name) return;
  const record = {
    action: 'company.rename',
    companyId,
    subject: company.name,
    detail: { to: name },
    context,
  } as const;
  await auditCall(actor, record, () => changeAtCodat(company, { description: name }));
}

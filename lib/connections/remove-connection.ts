import 'server-only';
import { getDb } from '@/db/client';
import type { Actor } from '@/lib/actor';
import { auditCall } from '@/lib/audit/record-audit';
import { deleteConnection } from '@/lib/codat/connections';
import { countPersonCall } from '@/lib/codat/count-person-call';
import { isNotFound } from '@/lib/codat/errors';
import { asStaffError } from '@/lib/codat/explain-error';
import { requireAtCodat } from '@/lib/companies/staff/staff-company';
import { publishChange } from '@/lib/live/publish';
import type { RequestContext } from '@/lib/runtime/request-context';
import { applyEnded } from '@/lib/sync/apply-ended';
import { readDelayMs, requestRead } from '@/lib/sync/request-read';
import type { z } from '@/lib/zod';
import type { companyConnectionSchema } from './schemas';
import { requireStaffConnection } from './staff-connection';

/**
 * Deletes a connection at Codat, for good. What is gone already, here or there, counts as done.
 * @throws AppError `not-allowed`, `not-found`, `conflict` (company deleted), `throttled`, `upstream-…`
 */
export async function removeConnection(
  actor: Actor,
  input: z.infer<typeof companyConnectionSchema>,
  context: RequestContext,
): Promise<void> {
  const found = await requireStaffConnection(actor, 'companies:write', input);
  const { company, connection, removed } = found;
  if (removed) return;
  const codatCompanyId = requireAtCodat(company);
  await countPersonCall(actor, { kind: 'change', companyId: company.id });
  const record = {
    action: 'connection.remove',
    companyId: company.id,
    subject: connection.platformName,
    detail: { connectionId: connection.id, status: connection.status },
    context,
  } as const;
  const byUs = await auditCall(actor, record, () =>
    deleteAtCodat(company.id, codatCompanyId, connection.id),
  );
  const db = getDb();
  await applyEnded(db, {
    ...{ companyId: company.id, connectionId: connection.id, toStatus: null, byUs },
    ...{ source: 'admin', actorId: actor.userId },
  });
  await publishChange(db, [company.id]);
}

/** @returns whether it was still there to be deleted. */
async function deleteAtCodat(
  companyId: string,
  codatCompanyId: string,
  connectionId: string,
): Promise<boolean> {
  try {
    await deleteConnection(codatCompanyId, connectionId);
    return true;
  } catch (error) {
    // The company itself may be gone, or the answer lost after the effect: a read tells.
    await requestRead(getDb(), companyId, readDelayMs.soon);
    if (isNotFound(error)) return false;
    throw asStaffError(error, 'change');
  }
}

import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import type { Actor } from '@/lib/actor';
import { auditCall } from '@/lib/audit/record-audit';
import { deleteConnection } from '@/lib/codat/connections';
import { isNotFound } from '@/lib/codat/errors';
import { asStaffError } from '@/lib/codat/explain-error';
import { requireAtCodat } from '@/lib/companies/staff/staff-company';
import { publishChange } from '@/lib/live/publish';
import type { RequestContext } from '@/lib/runtime/request-context';
import { lockCompany } from '@/lib/sync/lock-company';
import { readDelayMs, requestRead } from '@/lib/sync/request-read';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import type { z } from '@/lib/zod';
import type { companyConnectionSchema } from './schemas';
import { requireStaffConnection } from './staff-connection';

/**
 * Deletes a connection at Codat, for good. What is gone already, here or there, counts as done.
 * @throws AppError `not-allowed`, `not-found`, `conflict` (company deleted), `upstream-…`
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
  const record = {
    action: 'connection.remove',
    companyId: company.id,
    subject: connection.platformName,
    detail: { connectionId: connection.id, status: connection.status },
    context,
  } as const;
  await auditCall(actor, record, () => deleteAtCodat(company.id, codatCompanyId, connection.id));
  await recordRemoved(actor, company.id, connection.id);
}

async function deleteAtCodat(
  companyId: string,
  codatCompanyId: string,
  connectionId: string,
): Promise<void> {
  await deleteConnection(codatCompanyId, connectionId).catch(async (error: unknown) => {
    // The company itself may be gone, or the answer lost after the effect: a read tells.
    await requestRead(getDb(), companyId, readDelayMs.soon);
    if (!isNotFound(error)) throw asStaffError(error, 'change');
  });
}

async function recordRemoved(actor: Actor, companyId: string, connectionId: string): Promise<void> {
  const db = getDb();
  await db.transaction(async (tx) => {
    await lockCompany(tx, companyId);
    const now = new Date();
    const [gone] = await tx
      .update(connections)
      .set({ removedAt: now, statusChangedAt: now, eventAt: now, eventAppliedAt: now })
      .where(
        and(
          eq(connections.id, connectionId),
          eq(connections.companyId, companyId),
          isNull(connections.removedAt),
        ),
      )
      .returning({ status: connections.status });
    if (!gone) return;
    await tx.insert(connectionStatusChanges).values({
      companyId,
      connectionId,
      fromStatus: gone.status,
      toStatus: null,
      source: 'admin',
      actorId: actor.userId,
      occurredAt: now,
    });
    await rollUpCompanies(tx, [companyId]);
    await requestRead(tx, companyId, readDelayMs.later);
  });
  await publishChange(db, [companyId]);
}

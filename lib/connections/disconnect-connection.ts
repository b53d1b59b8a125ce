import 'server-only';
import type { Actor } from '@/lib/actor';
import { auditCall } from '@/lib/audit/audit-call';
import { asStaffError } from '@/lib/codat/staff-error';
import { requireAtCodat } from '@/lib/companies/staff/staff-company';
import { AppError } from '@/lib/errors';
import type { RequestContext } from '@/lib/runtime/request-context';
import type { z } from '@/lib/zod';
import type { companyConnectionSchema } from './schemas';
import { requireStaffConnection } from './staff-connection';
import { unlink } from './unlink';

/**
 * Gives up the access of a customer's linked connection, for staff. What is disconnected already is
 * left as it is.
 * @throws AppError `not-allowed`, `not-found`, `conflict` (not linked, or deleted), `upstream-…`
 */
export async function disconnectConnection(
  actor: Actor,
  input: z.infer<typeof companyConnectionSchema>,
  context: RequestContext,
): Promise<void> {
  const found = await requireStaffConnection(actor, 'companies:write', input);
  const { company, connection, removed } = found;
  if (removed) throw new AppError('not-found', 'connectionGone');
  if (connection.status === 'Unlinked') return;
  const codatCompanyId = requireAtCodat(company);
  const record = {
    action: 'connection.disconnect',
    companyId: company.id,
    subject: connection.platformName,
    detail: { connectionId: connection.id },
    context,
  } as const;
  await auditCall(actor, record, () =>
    unlink({
      connectionId: connection.id,
      companyId: company.id,
      codatCompanyId,
      source: 'admin',
      actorId: actor.userId,
      explain: (error) => asStaffError(error, 'change'),
    }),
  );
}

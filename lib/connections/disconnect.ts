import 'server-only';
import { eq } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import type { Actor } from '@/lib/actor';
import { auditCall } from '@/lib/audit/record-audit';
import { unlinkConnection } from '@/lib/codat/connections';
import { countPersonCall } from '@/lib/codat/count-person-call';
import { CodatError } from '@/lib/codat/errors';
import { asCustomerError, asStaffError } from '@/lib/codat/explain-error';
import { companySetup } from '@/lib/companies/company-setup';
import { requireAtCodat } from '@/lib/companies/staff/staff-company';
import { AppError } from '@/lib/errors';
import { publishChange } from '@/lib/live/publish';
import type { RequestContext } from '@/lib/runtime/request-context';
import { applyEnded } from '@/lib/sync/apply-ended';
import { readDelayMs, requestRead } from '@/lib/sync/request-read';
import type { z } from '@/lib/zod';
import { capabilitiesOf } from './capabilities';
import { getConnection } from './get-connections';
import type { companyConnectionSchema } from './schemas';
import { requireStaffConnection } from './staff-connection';

/**
 * Gives up the access of a linked connection at Codat, for its customer. Disconnecting what is
 * already disconnected succeeds and changes nothing.
 * @returns whose it is
 * @throws AppError `not-found`, `conflict` (not linked), `throttled`, `upstream-…` (then nothing has
 * changed, as far as Codat told).
 */
export async function disconnect(
  actor: Actor,
  connectionId: string,
): Promise<{ companyId: string }> {
  const connection = await getConnection(actor, connectionId);
  if (!connection) throw new AppError('not-found', 'connectionGone');
  const { companyId } = connection;
  if (connection.status === 'Unlinked') return { companyId };
  const [company] = await getDb()
    .select({
      codatCompanyId: companies.codatCompanyId,
      codatDeletedAt: companies.codatDeletedAt,
      provisionProblem: companies.provisionProblem,
    })
    .from(companies)
    .where(eq(companies.id, companyId));
  if (!company?.codatCompanyId) throw new AppError('not-ready', 'companyNotReady');
  // Whether it is linked, Codat knows better than our last news of it.
  const asLinked = { ...connection, status: 'Linked' };
  if (!capabilitiesOf(asLinked, companySetup(company)).disconnect) {
    throw new AppError('conflict', 'companyDeleted');
  }
  const { codatCompanyId } = company;
  await countPersonCall(actor, { kind: 'disconnect', companyId });
  const by = { source: 'customer', actorId: actor.userId, explain: explainToCustomer } as const;
  await unlink({ connectionId, companyId, codatCompanyId, ...by });
  return { companyId };
}

/** Without an answer nobody knows whether it was done; the read that was asked for will tell. */
function explainToCustomer(error: unknown): unknown {
  const isUnanswered = error instanceof CodatError && error.kind === 'unreachable' && error.asked;
  return isUnanswered
    ? new AppError('upstream-unavailable', 'disconnectUnclear', { cause: error })
    : asCustomerError(error);
}

/**
 * Gives up the access of a customer's linked connection, for staff. What is disconnected already is
 * left as it is.
 * @throws AppError `not-allowed`, `not-found`, `conflict` (not linked, or deleted), `throttled`,
 * `upstream-…`
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
  await countPersonCall(actor, { kind: 'change', companyId: company.id });
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

type Unlinking = {
  connectionId: string;
  companyId: string;
  codatCompanyId: string;
  source: 'customer' | 'admin';
  actorId: string;
  /** Explains a failed call to the person who asked. */
  explain: (error: unknown) => unknown;
};

/**
 * Gives up the access of a linked connection at Codat and records who did. The caller has checked
 * that they may.
 * @throws AppError `conflict` (not linked), or what `explain` makes of the failure.
 */
export async function unlink(unlinking: Unlinking): Promise<void> {
  const { codatCompanyId, companyId, connectionId } = unlinking;
  const db = getDb();
  try {
    await unlinkConnection(codatCompanyId, connectionId);
  } catch (error) {
    // Whatever was true there, we now want to know.
    await requestRead(db, companyId, readDelayMs.soon);
    if (error instanceof CodatError && error.status === 400) {
      throw new AppError('conflict', 'connectionNotLinked', { cause: error });
    }
    throw unlinking.explain(error);
  }
  const { source, actorId } = unlinking;
  const ended = { toStatus: 'Unlinked', byUs: true } as const;
  await applyEnded(db, { companyId, connectionId, source, actorId, ...ended });
  await publishChange(db, [companyId]);
}

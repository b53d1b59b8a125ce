import 'server-only';
import { getDb } from '@/db/client';
import { linkSessions } from '@/db/schema/connections';
import type { Actor } from '@/lib/actor';
import { auditCall } from '@/lib/audit/record-audit';
import { countTry } from '@/lib/auth/throttle';
import { countPersonCall } from '@/lib/codat/count-person-call';
import { asStaffError } from '@/lib/codat/explain-error';
import {
  requireAtCodat,
  requireStaffCompany,
  type StaffCompany,
} from '@/lib/companies/staff/staff-company';
import { capabilitiesOf } from '@/lib/connections/capabilities';
import { requireStaffConnection } from '@/lib/connections/staff-connection';
import type { ConnectionSummary } from '@/lib/connections/types';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/runtime/logger';
import { getMetrics } from '@/lib/runtime/process-metrics';
import type { RequestContext } from '@/lib/runtime/request-context';
import type { z } from '@/lib/zod';
import { isOneTime, type LinkErrors, mintLink } from './mint-link';
import { hashState, newState } from './redirect-url';
import type { copyLinkSchema } from './schemas';

const errors: LinkErrors = {
  explain: (error: unknown) => asStaffError(error, 'read'),
  deleted: 'staff.companyDeleted',
  refused: 'staff.linkRefused',
  noLink: 'staff.linkNothingToSign',
};

/** A customer may take their time with a link that they were sent. */
const stateLifetimeMs = 30 * 24 * 60 * 60 * 1000;

/**
 * A Link URL for staff to send to its customer: minted now, returned only by this call, and recorded
 * without the URL. The person who comes back by it is recognized by its `state`.
 * @throws AppError `not-allowed`, `not-found`, `not-ready`, `conflict`, `throttled`, `upstream-…`
 */
export async function copyLink(
  actor: Actor,
  { companyId, connectionId }: z.infer<typeof copyLinkSchema>,
  context: RequestContext,
): Promise<{ url: string; oneTime: boolean }> {
  const company = await requireStaffCompany(actor, 'links:copy', companyId);
  requireAtCodat(company);
  const connection = connectionId ? await requireFor(actor, company, connectionId) : null;
  const messageKey = 'staff.linkThrottled';
  await countTry(getDb(), [
    { key: `copy-link:${companyId}`, limit: 10, windowSeconds: 60, messageKey },
  ]);
  await countPersonCall(actor, { kind: 'copy', companyId });
  const record = {
    action: 'link.copy',
    companyId,
    subject: connection?.platformName ?? company.name,
    ...(connection && { detail: { connectionId: connection.id } }),
    context,
  } as const;
  const url = await auditCall(actor, record, () => mintForCustomer(actor, company, connection));
  getMetrics().handOffs.inc({ result: 'copied' });
  logger.info({ companyId, actorId: actor.userId, connectionId }, 'a Link URL was copied by staff');
  return { url: url.href, oneTime: isOneTime(url) };
}

async function requireFor(
  actor: Actor,
  company: StaffCompany,
  connectionId: string,
): Promise<ConnectionSummary> {
  const named = { companyId: company.id, connectionId };
  const { connection, removed } = await requireStaffConnection(actor, 'links:copy', named);
  if (removed) throw new AppError('not-found', 'connectionGone');
  const reason = whyNoLink(connection);
  if (reason) throw new AppError('conflict', `staff.${reason}`);
  return connection;
}

async function mintForCustomer(
  actor: Actor,
  company: StaffCompany,
  connection: ConnectionSummary | null,
): Promise<URL> {
  const [linkSessionId, state] = [crypto.randomUUID(), newState()];
  await getDb()
    .insert(linkSessions)
    .values({
      id: linkSessionId,
      stateHash: hashState(state),
      companyId: company.id,
      userId: actor.userId,
      startedAs: 'staff',
      connectionId: connection?.id ?? null,
      expiresAt: new Date(Date.now() + stateLifetimeMs),
    });
  const wanted = { linkSessionId, state, companyId: company.id, connectionId: connection?.id };
  return mintLink(wanted, errors);
}

/**
 * Why a connection's own Link URL is not for sending, or null when it is: it finishes or renews the
 * connection, so one that works has no use for it.
 */
export function whyNoLink(
  connection: Pick<ConnectionSummary, 'way' | 'state' | 'status'>,
): 'linkNotForThis' | 'linkNothingToSign' | 'linkNotNeeded' | null {
  const { link } = capabilitiesOf(connection, 'ready');
  if (link === 'renew') return 'linkNotNeeded';
  if (link !== null) return null;
  return connection.way === 'passcode' ? 'linkNotForThis' : 'linkNothingToSign';
}

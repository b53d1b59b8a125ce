import 'server-only';
import { eq } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import type { Actor } from '@/lib/actor';
import { asCustomerError } from '@/lib/codat/customer-error';
import { AppError } from '@/lib/errors';
import { getConnection } from './get-connections';
import { unlink } from './unlink';

/**
 * Gives up the access of a linked connection at Codat, for its customer. Disconnecting what is
 * already disconnected succeeds and changes nothing.
 * @throws AppError `not-found`, `conflict` (not linked), `upstream-…` (then nothing has changed, as
 * far as Codat told).
 */
export async function disconnect(actor: Actor, connectionId: string): Promise<void> {
  const connection = await getConnection(actor, connectionId);
  if (!connection) throw new AppError('not-found', 'connectionGone');
  if (connection.status === 'Unlinked') return;
  const { companyId } = connection;
  const [company] = await getDb()
    .select({ codatCompanyId: companies.codatCompanyId })
    .from(companies)
    .where(eq(companies.id, companyId));
  if (!company?.codatCompanyId) throw new AppError('not-ready', 'companyNotReady');
  const { codatCompanyId } = company;
  const by = { source: 'customer', actorId: actor.userId, explain: asCustomerError } as const;
  await unlink({ connectionId, companyId, codatCompanyId, ...by });
}

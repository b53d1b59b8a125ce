import 'server-only';
import { eq } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import type { Actor } from '@/lib/actor';
import { countTry } from '@/lib/auth/throttle';
import { getBankFeedPasscode } from '@/lib/codat/connections';
import { countPersonCall } from '@/lib/codat/count-person-call';
import { asCustomerError } from '@/lib/codat/explain-error';
import { companySetup } from '@/lib/companies/company-setup';
import { capabilitiesOf } from '@/lib/connections/capabilities';
import { getConnection } from '@/lib/connections/get-connections';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/runtime/logger';

const messageKey = 'passcodeThrottled';

/**
 * A one-time passcode for the person to type into Sage, made by Codat now. It is in the answer to their
 * form and nowhere else: never stored, logged or shown again.
 * @throws AppError `not-found`, `conflict` (a connection that needs none), `throttled`, `upstream-…`
 */
export async function getPasscode(actor: Actor, connectionId: string): Promise<string> {
  const connection = await getConnection(actor, connectionId);
  if (!connection) throw new AppError('not-found', 'connectionGone');
  const { companyId } = connection;
  const db = getDb();
  const [company] = await db.select().from(companies).where(eq(companies.id, companyId));
  if (!company?.codatCompanyId) throw new AppError('not-ready', 'companyNotReady');
  if (!capabilitiesOf(connection, companySetup(company)).passcode) {
    throw new AppError('conflict', 'passcodeNotNeeded');
  }
  await countPersonCall(actor, { kind: 'passcode', companyId });
  await countTry(db, [
    { key: `passcode-of:${connectionId}`, limit: 5, windowSeconds: 600, messageKey },
  ]);
  await countPersonCall(actor, { kind: 'passcode', companyId });
  const passcode = await getBankFeedPasscode(company.codatCompanyId, connectionId).catch(
    (error: unknown) => {
      throw asCustomerError(error);
    },
  );
  logger.info({ companyId, actorId: actor.userId, connectionId }, 'a bank feed passcode was made');
  return passcode;
}

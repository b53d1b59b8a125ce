import 'server-only';
import { and, eq } from 'drizzle-orm';
import { type Db, getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import type { Actor } from '@/lib/auth/actor';
import { asAppError } from '@/lib/codat/as-app-error';
import { unlinkConnection } from '@/lib/codat/connections';
import { CodatError } from '@/lib/codat/errors';
import { AppError } from '@/lib/errors';
import { publishChange } from '@/lib/live/publish';
import { readDelayMs, requestRead } from '@/lib/sync/request-read';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import { getConnection } from './queries';

/**
 * Gives up the access of a linked connection at Codat, for its customer. Disconnecting what is
 * already disconnected succeeds and changes nothing.
 * @throws AppError `not-found`, `conflict` (not linked), `upstream-…` (then nothing has changed, as
 * far as Codat told).
 */
export async function disconnect(actor: Actor, connectionId: string): Promise<void> {
  const db = getDb();
  const connection = await getConnection(actor, connectionId);
  if (!connection) throw new AppError('not-found', 'connectionGone');
  if (connection.status === 'Unlinked') return;
  const [company] = await db
    .select({ codatCompanyId: companies.codatCompanyId })
    .from(companies)
    .where(eq(companies.id, connection.companyId));
  if (!company?.codatCompanyId) throw new AppError('not-ready', 'companyNotReady');
  try {
    await unlinkConnection(company.codatCompanyId, connectionId);
  } catch (error) {
    // Whatever was true there, we now want to know.
    await requestRead(db, connection.companyId, readDelayMs.soon);
    if (error instanceof CodatError && error.status === 400) {
      throw new AppError('conflict', 'connectionNotLinked', { cause: error });
    }
    throw asAppError(error);
  }
  await recordUnlinked(db, actor, connection.companyId, connectionId);
  await publishChange(db, [connection.companyId]);
}

/** Codat has said yes: show it now, and let a read confirm it. The webhook then finds it agreed. */
async function recordUnlinked(
  db: Db,
  actor: Actor,
  companyId: string,
  connectionId: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const now = new Date();
    const changed = await tx
      .update(connections)
      .set({ status: 'Unlinked', statusChangedAt: now, eventAt: now, eventAppliedAt: now })
      .where(
        and(
          eq(connections.id, connectionId),
          eq(connections.companyId, companyId),
          eq(connections.status, 'Linked'),
        ),
      )
      .returning({ id: connections.id });
    if (changed.length > 0) {
      await tx.insert(connectionStatusChanges).values({
        companyId,
        connectionId,
        fromStatus: 'Linked',
        toStatus: 'Unlinked',
        source: 'customer',
        actorId: actor.userId,
        occurredAt: now,
      });
    }
    await rollUpCompanies(tx, [companyId]);
    await requestRead(tx, companyId, readDelayMs.later);
  });
}

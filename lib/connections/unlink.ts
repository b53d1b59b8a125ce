import 'server-only';
import { and, eq } from 'drizzle-orm';
import { type Db, getDb } from '@/db/client';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import { unlinkConnection } from '@/lib/codat/connections';
import { CodatError } from '@/lib/codat/errors';
import { AppError } from '@/lib/errors';
import { publishChange } from '@/lib/live/publish';
import { lockCompany } from '@/lib/sync/lock-company';
import { readDelayMs, requestRead } from '@/lib/sync/request-read';
import { rollUpCompanies } from '@/lib/sync/roll-up';

type Unlinking = {
  connectionId: string;
  companyId: string;
  codatCompanyId: string;
  source: 'customer' | 'admin';
  actorId: string;
  /** Says a failed call in words for who asked. */
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
  await recordUnlinked(db, unlinking);
  await publishChange(db, [companyId]);
}

/** Codat has said yes: show it now, and let a read confirm it. The webhook then finds it agreed. */
async function recordUnlinked(
  db: Db,
  { companyId, connectionId, source, actorId }: Unlinking,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockCompany(tx, companyId);
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
        source,
        actorId,
        occurredAt: now,
      });
    }
    await rollUpCompanies(tx, [companyId]);
    await requestRead(tx, companyId, readDelayMs.later);
  });
}

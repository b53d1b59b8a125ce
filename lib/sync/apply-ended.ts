import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import type { ChangeSource } from '@/lib/sync/schemas';
import { settleHealth } from './health/settle-health';
import { lockCompany } from './lock-company';
import { readDelayMs, requestRead } from './request-read';
import { rollUpCompanies } from './roll-up';

export type Ended = {
  companyId: string;
  connectionId: string;
  /** Null: removed at Codat. */
  toStatus: 'Unlinked' | null;
  source: ChangeSource;
  actorId: string;
  /** Whether this call ended it, which it did not if Codat had no such connection any more. */
  byUs: boolean;
};

/**
 * Records that Codat has ended a connection for somebody here: shows it now, makes every read that
 * began before an old one, and lets another confirm it. If the webhook was faster than Codat's answer,
 * what is added is who did it.
 */
export async function applyEnded(db: Db, ended: Ended): Promise<void> {
  const { companyId, connectionId, toStatus, source, actorId, byUs } = ended;
  await db.transaction(async (tx) => {
    await lockCompany(tx, companyId);
    const own = and(eq(connections.id, connectionId), eq(connections.companyId, companyId));
    const [held] = await tx
      .select({ status: connections.status, removedAt: connections.removedAt })
      .from(connections)
      .where(own);
    if (!held) return;
    const isToEnd = toStatus ? held.status === 'Linked' : held.removedAt === null;
    if (isToEnd) {
      // By the database's clock: an event that Codat dates earlier is not shown before a read.
      const now = sql`now()`;
      const knownToken = sql`nextval('read_tokens')`;
      const state = toStatus ? { status: toStatus } : { removedAt: now };
      await tx
        .update(connections)
        .set({ ...state, statusChangedAt: now, eventAt: now, knownToken })
        .where(own);
    }
    const isEnded = toStatus ? held.status === toStatus : held.removedAt !== null;
    if (isToEnd || (isEnded && byUs)) {
      await tx.insert(connectionStatusChanges).values({
        ...{ companyId, connectionId, fromStatus: held.status, toStatus, source, actorId },
        occurredAt: sql`now()`,
      });
    }
    await settleHealth(tx, companyId, { source });
    await rollUpCompanies(tx, [companyId]);
    await requestRead(tx, companyId, readDelayMs.later);
  });
}

import 'server-only';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections, type StoredReadFailure } from '@/db/schema/connections';
import { settleHealth } from './health/settle-health';
import { rollUpCompanies } from './roll-up';

/** What a finished read came to for one connection; `failure` without its time. */
export type ReadOutcome = {
  connectionId: string;
  /** Whether a data type was read to its end. */
  completed: boolean;
  failure: Omit<StoredReadFailure, 'at'> | null;
};

type FinishedRead = { webhookId: string; outcomes: ReadOutcome[] };

/**
 * Keeps what a finished read came to: data came, or what failed and why. `lastSyncAt` moves forward
 * until the next read from Codat tells it exactly. The caller holds the company.
 */
export async function applyReadOutcomes(
  tx: Tx,
  companyId: string,
  { webhookId, outcomes }: FinishedRead,
  finishedAt: Date,
): Promise<void> {
  const completed = outcomes.filter(({ completed }) => completed);
  await noteData(
    tx,
    companyId,
    completed.map(({ connectionId }) => connectionId),
    finishedAt,
  );
  for (const { connectionId, failure } of outcomes) {
    if (failure) await noteFailure(tx, companyId, connectionId, failure, finishedAt);
  }
  if (outcomes.length === 0) return;
  const { changed } = await settleHealth(tx, companyId, { source: 'webhook', webhookId });
  if (changed) await rollUpCompanies(tx, [companyId]);
}

async function noteData(tx: Tx, companyId: string, ids: string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  const moment = sql`${at.toISOString()}::timestamptz`;
  await tx
    .update(connections)
    .set({
      lastSyncAt: sql`greatest(${connections.lastSyncAt}, ${moment})`,
      dataAt: sql`greatest(${connections.dataAt}, ${moment})`,
    })
    .where(and(inArray(connections.id, ids), eq(connections.companyId, companyId)));
}

/** Events come in any order: the newest failure stays. */
async function noteFailure(
  tx: Tx,
  companyId: string,
  connectionId: string,
  failure: Omit<StoredReadFailure, 'at'>,
  at: Date,
): Promise<void> {
  await tx
    .update(connections)
    .set({ readFailure: { at: at.toISOString(), ...failure } })
    .where(
      and(
        eq(connections.id, connectionId),
        eq(connections.companyId, companyId),
        sql`coalesce((${connections.readFailure} ->> 'at')::timestamptz, '-infinity')
          <= ${at.toISOString()}::timestamptz`,
      ),
    );
}

import 'server-only';
import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import { companyReads } from '@/db/schema/sync';
import { getEnv } from '@/env';
import type { ChangeSource } from '@/lib/sync/schemas';
import { type Health, type HealthRules, judgeHealth } from './judge-health';
import { companyHoursKeptMs, scheduleKey, scheduleSchema } from './sync-schedule';

/** Who told; `webhookId` of the event if one did. */
type Teller = { source: ChangeSource; webhookId?: string };

/** Whether the state of a connection changed, and whether the company's sync settings are wanted. */
export type Settled = { changed: boolean; ask: boolean };

/**
 * Judges again whether data comes through a company's connections, and records what changed. Called in
 * the transaction that changed them, which holds the company, and before its roll-up. A timer that is
 * set is only ever moved forward in time when it fires (`rearm`).
 */
export async function settleHealth(
  tx: Tx,
  companyId: string,
  teller: Teller,
  { rearm = false } = {},
): Promise<Settled> {
  const settled = { changed: false, ask: false };
  for (const row of await loadFacts(tx, companyId)) {
    const health = judgeHealth(row.removedAt ? { ...row, status: '' } : row, rulesOf(row));
    const changed = await writeHealth(tx, companyId, row, health, teller, rearm);
    settled.changed ||= changed;
    settled.ask ||= health.ask;
  }
  return settled;
}

type Row = Awaited<ReturnType<typeof loadFacts>>[number];

async function loadFacts(tx: Tx, companyId: string) {
  return tx
    .select({
      id: connections.id,
      status: connections.status,
      sourceType: connections.sourceType,
      platformKey: connections.platformKey,
      errors: connections.errors,
      readFailure: connections.readFailure,
      lastSyncAt: connections.lastSyncAt,
      dataAt: connections.dataAt,
      linkedAt: connections.linkedAt,
      codatCreatedAt: connections.codatCreatedAt,
      firstKnownAt: connections.firstKnownAt,
      removedAt: connections.removedAt,
      stoppedWhy: connections.stoppedWhy,
      stoppedSince: connections.stoppedSince,
      healthDueAt: connections.healthDueAt,
      syncHours: companies.syncHours,
      syncHoursAt: companies.syncHoursAt,
      knownAt: companyReads.readAt,
      schedule: sql<unknown>`(select value from operator_settings where key = ${scheduleKey})`,
      nowMs: sql<string>`extract(epoch from clock_timestamp()) * 1000`,
    })
    .from(connections)
    .innerJoin(companies, eq(companies.id, connections.companyId))
    .innerJoin(companyReads, eq(companyReads.companyId, connections.companyId))
    .where(
      and(
        eq(connections.companyId, companyId),
        or(
          isNull(connections.removedAt),
          isNotNull(connections.healthDueAt),
          isNotNull(connections.stoppedWhy),
        ),
      ),
    );
}

function rulesOf({ knownAt, nowMs, schedule, syncHours, syncHoursAt }: Row): HealthRules {
  const now = new Date(Number(nowMs));
  const askAgainAt = syncHoursAt && new Date(syncHoursAt.getTime() + companyHoursKeptMs);
  const isKnown = askAgainAt !== null && askAgainAt > now;
  return {
    now,
    knownAt,
    clientHours: scheduleSchema.safeParse(schedule).data?.hours ?? null,
    companyHours: isKnown ? syncHours : null,
    companyAskAgainAt: isKnown ? askAgainAt : null,
    bounds: getEnv().DATA_STALE_AFTER,
  };
}

/** @returns whether the connection's state changed. */
async function writeHealth(
  tx: Tx,
  companyId: string,
  row: Row,
  { stopped, lookAt }: Health,
  { source, webhookId }: Teller,
  rearm: boolean,
): Promise<boolean> {
  const next = {
    stoppedWhy: stopped?.why ?? null,
    stoppedSince: stopped?.since ?? null,
    healthDueAt: rearm || !row.healthDueAt ? lookAt : earlier(row.healthDueAt, lookAt),
  };
  const changed =
    next.stoppedWhy !== row.stoppedWhy || !isSameTime(next.stoppedSince, row.stoppedSince);
  if (!changed && isSameTime(next.healthDueAt, row.healthDueAt)) return false;
  await tx
    .update(connections)
    .set(next)
    .where(and(eq(connections.id, row.id), eq(connections.companyId, companyId)));
  const hasTurned = (stopped === null) !== (row.stoppedWhy === null);
  // What is no longer `Linked` has changed its status, and that says more.
  if (!hasTurned || row.status !== 'Linked' || row.removedAt) return changed;
  const wasSo = stopped !== null && stopped.becameAt <= row.firstKnownAt;
  await tx.insert(connectionStatusChanges).values({
    companyId,
    connectionId: row.id,
    fromStatus: wasSo ? null : 'Linked',
    toStatus: 'Linked',
    health: stopped ? 'stopped' : 'resumed',
    source,
    webhookId: webhookId ?? null,
    occurredAt: stopped?.becameAt ?? lastData(row) ?? sql`clock_timestamp()`,
  });
  return changed;
}

/** What made data come again; null when it was no data but Codat's word. */
function lastData({ dataAt, lastSyncAt, stoppedSince }: Row): Date | null {
  const newest = dataAt && lastSyncAt && dataAt > lastSyncAt ? dataAt : (lastSyncAt ?? dataAt);
  return newest && stoppedSince && newest > stoppedSince ? newest : null;
}

function earlier(held: Date, wanted: Date | null): Date {
  return wanted && wanted < held ? wanted : held;
}

function isSameTime(a: Date | null, b: Date | null): boolean {
  return a?.getTime() === b?.getTime();
}

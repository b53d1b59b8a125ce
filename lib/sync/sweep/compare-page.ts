import 'server-only';
import { and, inArray, isNull, lt } from 'drizzle-orm';
import type { Db, Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { companyReads } from '@/db/schema/sync';
import type { CompanySnapshot } from '@/lib/codat/transform';
import { isDatabaseAway } from '@/lib/runtime/database-away';
import { logger } from '@/lib/runtime/logger';
import { adoptCompany, namedIds } from '@/lib/sync/adopt-company';
import { applyRead } from '@/lib/sync/apply-read';
import type { HeldConnection } from '@/lib/sync/connection-columns';
import { readDelayMs, requestRead } from '@/lib/sync/request-read';
import { type Details, detailColumns, detailsDiffer } from '@/lib/sync/sync-name-and-tags';
import { countDifferences } from './count-differences';
import { noteDifferences } from './missed-changes';
import type { PageTicket } from './sweep-state';

export type PageResult = { changed: string[]; found: number; failed: number };

/**
 * Compares one page of companies with what we hold. What is equal is only marked as read; what differs
 * is applied like any other read; what is unknown here is taken in. Each company has a transaction of
 * its own: one that cannot be applied is read singly instead, and holds up no other.
 */
export async function comparePage(
  db: Db,
  ticket: PageTicket,
  snapshots: CompanySnapshot[],
): Promise<PageResult> {
  const known = await loadKnown(db, snapshots);
  const waiting = await loadWaiting(db, snapshots);
  const result: PageResult = { changed: [], found: 0, failed: 0 };
  const equal: string[] = [];
  for (const snapshot of snapshots) {
    const held = known.get(snapshot.codatCompanyId);
    if (held && !isWaitedFor(snapshot, waiting) && isEqual(held, snapshot)) {
      equal.push(held.companyId);
      continue;
    }
    try {
      const taken = await db.transaction((tx) => takeOver(tx, ticket, snapshot, held));
      if (taken?.isNew) result.found += 1;
      if (taken) result.changed.push(taken.companyId);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      result.failed += 1;
      const { codatCompanyId } = snapshot;
      logger.error({ err: error, codatCompanyId }, 'the sweep could not apply a company');
      if (held) await requestRead(db, held.companyId, readDelayMs.soon);
    }
  }
  await markRead(db, ticket, equal);
  return result;
}

/** @returns the company if it was taken over; null when another read decides. */
async function takeOver(
  tx: Tx,
  ticket: PageTicket,
  snapshot: CompanySnapshot,
  held: Held | undefined,
): Promise<{ companyId: string; isNew: boolean } | null> {
  const adopted = await adoptCompany(tx, snapshot);
  if (!adopted) return null;
  const { companyId, isNew, isDeleted } = adopted;
  if (isDeleted) {
    // A list may be old: only Codat's answer about this one company brings it back.
    await requestRead(tx, companyId, readDelayMs.soon);
    return null;
  }
  const differing = held ? countDifferences(held.connections, snapshot) : 0;
  if (differing > 0) await noteDifferences(tx, ticket.sweepId, companyId, differing);
  const read = { ...ticket, companyId, codatCompanyId: snapshot.codatCompanyId, target: 0 };
  return (await applyRead(tx, read, snapshot, 'sweep')) ? { companyId, isNew } : null;
}

function isEqual(held: Held, snapshot: CompanySnapshot): boolean {
  return (
    !held.deleted &&
    countDifferences(held.connections, snapshot) === 0 &&
    !detailsDiffer(held, snapshot)
  );
}

function isWaitedFor(snapshot: CompanySnapshot, waiting: Set<string>): boolean {
  return namedIds(snapshot).some((id) => waiting.has(id));
}

/** Our companies whose setup is pending and which are named by one of these. */
async function loadWaiting(db: Db, snapshots: CompanySnapshot[]): Promise<Set<string>> {
  const named = snapshots.flatMap(namedIds);
  if (named.length === 0) return new Set();
  const rows = await db
    .select({ id: companies.id })
    .from(companies)
    .where(and(inArray(companies.id, named), isNull(companies.codatCompanyId)));
  return new Set(rows.map(({ id }) => id));
}

type Held = Details & { companyId: string; deleted: boolean; connections: HeldConnection[] };

async function loadKnown(db: Db, snapshots: CompanySnapshot[]): Promise<Map<string, Held>> {
  const ids = snapshots.map(({ codatCompanyId }) => codatCompanyId);
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({
      id: companies.id,
      codatCompanyId: companies.codatCompanyId,
      deletedAt: companies.codatDeletedAt,
      ...detailColumns,
    })
    .from(companies)
    .where(inArray(companies.codatCompanyId, ids));
  const held = await db
    .select()
    .from(connections)
    .where(
      and(
        inArray(
          connections.companyId,
          rows.length > 0 ? rows.map(({ id }) => id) : [crypto.randomUUID()],
        ),
        isNull(connections.removedAt),
      ),
    );
  const byCompany = Map.groupBy(held, ({ companyId }) => companyId);
  return new Map(
    rows.map(({ id, codatCompanyId, deletedAt, ...details }) => [
      codatCompanyId ?? '',
      {
        ...details,
        companyId: id,
        deleted: deletedAt !== null,
        connections: byCompany.get(id) ?? [],
      },
    ]),
  );
}

async function markRead(db: Db, ticket: PageTicket, companyIds: string[]): Promise<void> {
  if (companyIds.length === 0) return;
  await db
    .update(companyReads)
    .set({ readApplied: ticket.token, readAt: ticket.startedAt, readFailures: 0 })
    .where(
      and(inArray(companyReads.companyId, companyIds), lt(companyReads.readApplied, ticket.token)),
    );
}

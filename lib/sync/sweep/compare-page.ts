import 'server-only';
import { and, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { companyReads } from '@/db/schema/sync';
import { webhookEvents } from '@/db/schema/webhooks';
import type { CompanySnapshot } from '@/lib/codat/transform';
import { applyRead } from '@/lib/sync/apply-read';
import type { HeldConnection } from '@/lib/sync/connection-columns';
import { type Details, detailsDiffer } from '@/lib/sync/sync-name-and-tags';
import { adoptCompany } from './adopt-company';
import { countDifferences } from './count-differences';
import type { PageTicket } from './sweep-state';

export type PageResult = { changed: string[]; found: number; missed: number };

/**
 * Compares one page of companies with what we hold. What is equal is only marked as read; what
 * differs is applied like any other read; what is unknown here is taken in.
 */
export async function comparePage(
  db: Db,
  ticket: PageTicket,
  snapshots: CompanySnapshot[],
): Promise<PageResult> {
  const known = await loadKnown(db, snapshots);
  const result: PageResult = { changed: [], found: 0, missed: 0 };
  const equal: string[] = [];
  for (const snapshot of snapshots) {
    const held = known.get(snapshot.codatCompanyId);
    const differences = held && !held.deleted ? countDifferences(held.connections, snapshot) : null;
    if (held && differences === 0 && !detailsDiffer(held.companyId, held, snapshot)) {
      equal.push(held.companyId);
      continue;
    }
    const companyId = held?.companyId ?? (await adoptCompany(db, snapshot));
    if (!companyId) continue;
    if (!held) result.found += 1;
    else if (!(await hasWaitingEvents(db, companyId))) result.missed += differences ?? 1;
    const read = { ...ticket, companyId, codatCompanyId: snapshot.codatCompanyId, target: 0 };
    if (await applyRead(db, read, snapshot, 'sweep')) result.changed.push(companyId);
  }
  await markRead(db, ticket, equal);
  return result;
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
      name: companies.name,
      tags: companies.tags,
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
    rows.map((row) => [
      row.codatCompanyId ?? '',
      {
        companyId: row.id,
        deleted: row.deletedAt !== null,
        name: row.name,
        tags: row.tags,
        connections: byCompany.get(row.id) ?? [],
      },
    ]),
  );
}

async function hasWaitingEvents(db: Db, companyId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: webhookEvents.id })
    .from(webhookEvents)
    .innerJoin(companies, eq(companies.codatCompanyId, webhookEvents.codatCompanyId))
    .where(and(eq(companies.id, companyId), eq(webhookEvents.state, 'pending')))
    .limit(1);
  return row !== undefined;
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

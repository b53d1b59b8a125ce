import 'server-only';
import { and, asc, desc, eq, gte, lt, type SQL } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import {
  connectionStatusChanges as changes,
  connections,
  isBroke,
  isRepaired,
} from '@/db/schema/connections';
import { users } from '@/db/schema/people';
import { type Actor, can } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { countUpTo } from '@/lib/lists/count-up-to';
import { countedTo } from '@/lib/lists/schemas';
import { askedPage, microsOf } from '@/lib/lists/time-cursor';
import { endOfDay, startOfDay } from '@/lib/lists/zoned-time';
import { changeStates } from '@/lib/sync/change-states';
import type { ChangeKind, ChangeListInput, ChangeListRow, ListPage } from './schemas';

const pageSize = 25;
const order = { at: changes.recordedAt, id: changes.id, idType: 'uuid' as const };

/**
 * One page of changes of status over all companies, last learned first, by keyset.
 * @throws AppError `not-found` if the actor may not read companies.
 */
export async function listChanges(
  actor: Actor,
  input: ChangeListInput,
): Promise<ListPage<ChangeListRow>> {
  if (!can(actor, 'companies:read')) throw new AppError('not-found', 'notFound');
  const { backwards, place, cut } = askedPage(order, input);
  const matching = matches(input);
  const [found, total] = await Promise.all([
    changePage(and(matching, place), backwards),
    countUpTo(changes, matching, countedTo),
  ]);
  const page = cut(found, pageSize);
  return { ...page, rows: page.rows.map(toRow), total, isMore: total >= countedTo };
}

/** In the words of the indexes. */
const kinds: Record<ChangeKind, SQL> = {
  broke: isBroke,
  repaired: isRepaired,
};

function matches({ what, from, to, zone }: ChangeListInput): SQL | undefined {
  return and(
    what && kinds[what],
    from ? gte(changes.recordedAt, startOfDay(from, zone)) : undefined,
    to ? lt(changes.recordedAt, endOfDay(to, zone)) : undefined,
  );
}

/** The query behind a page; only tests of its plan call it besides. */
export function changePage(where: SQL | undefined, backwards: boolean) {
  const direction = backwards ? asc : desc;
  return getDb()
    .select({
      id: changes.id,
      micros: microsOf(changes.recordedAt),
      connectionId: changes.connectionId,
      platformName: connections.platformName,
      fromStatus: changeStates.from,
      toStatus: changeStates.to,
      source: changes.source,
      actorName: users.name,
      occurredAt: changes.occurredAt,
      recordedAt: changes.recordedAt,
      companyId: changes.companyId,
      companyName: companies.name,
    })
    .from(changes)
    .innerJoin(connections, eq(connections.id, changes.connectionId))
    .innerJoin(companies, eq(companies.id, changes.companyId))
    .leftJoin(users, eq(users.id, changes.actorId))
    .where(where)
    .orderBy(direction(changes.recordedAt), direction(changes.id))
    .limit(pageSize + 1);
}

function toRow(row: Awaited<ReturnType<typeof changePage>>[number]): ChangeListRow {
  return {
    id: row.id,
    connectionId: row.connectionId,
    platformName: row.platformName,
    fromStatus: row.fromStatus,
    toStatus: row.toStatus,
    source: row.source,
    actorName: row.actorName,
    occurredAt: row.occurredAt.toISOString(),
    recordedAt: row.recordedAt.toISOString(),
    company: { id: row.companyId, name: row.companyName },
  };
}

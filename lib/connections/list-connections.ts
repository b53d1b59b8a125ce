import 'server-only';
import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { type Actor, can } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { countUpTo } from '@/lib/lists/count-up-to';
import { readCounts } from '@/lib/lists/counts';
import { countedTo } from '@/lib/lists/schemas';
import { askedPage, microsOf } from '@/lib/lists/time-cursor';
import { hasLogo, logoPath } from './connection-summary';
import type { ConnectionListInput, ConnectionListRow, ListPage } from './schemas';

const pageSize = 25;

/** Since when a connection is in its state, at the least, in the words of the index. */
const since = sql<Date>`coalesce(${connections.stateSince}, ${connections.firstKnownAt})`;
const order = { at: since, id: connections.id, idType: 'text' as const };

/**
 * One page of connections of all companies, those in their state for longest first, by keyset. What
 * was removed is left out.
 * @throws AppError `not-found` if the actor may not read companies.
 */
export async function listConnections(
  actor: Actor,
  input: ConnectionListInput,
): Promise<ListPage<ConnectionListRow>> {
  if (!can(actor, 'companies:read')) throw new AppError('not-found', 'notFound');
  const { backwards, place, cut } = askedPage(order, input, '>');
  const matching = matches(input);
  const [found, counted] = await Promise.all([
    connectionPage(and(matching, place), backwards),
    countMatching(input, matching),
  ]);
  const page = cut(found, pageSize);
  return { ...page, rows: page.rows.map(toRow), ...counted };
}

/** Exact, as on the overview, unless an age is asked for, which no trigger counts. */
async function countMatching(
  { status, platform, since: days }: ConnectionListInput,
  matching: SQL | undefined,
): Promise<Pick<ListPage<never>, 'total' | 'isMore'>> {
  if (days) {
    const total = await countUpTo(connections, matching, countedTo);
    return { total, isMore: total >= countedTo };
  }
  const counts = await readCounts(getDb());
  const own = counts.connections.filter(
    (one) => one.status === status && (!platform || (one.platformKey ?? '-') === platform),
  );
  return { total: own.reduce((sum, { count }) => sum + count, 0), isMore: false };
}

function matches({ status, platform, since: days }: ConnectionListInput): SQL | undefined {
  return and(
    isNull(connections.removedAt),
    eq(connections.state, status),
    platform === '-' ? isNull(connections.platformKey) : undefined,
    platform && platform !== '-' ? eq(connections.platformKey, platform) : undefined,
    days ? sql`${since} < now() - make_interval(days => ${Number(days)})` : undefined,
  );
}

/** The query behind a page; only tests of its plan call it besides. */
export function connectionPage(where: SQL | undefined, backwards: boolean) {
  const direction = backwards ? desc : asc;
  return getDb()
    .select({
      id: connections.id,
      micros: microsOf(since),
      platformKey: connections.platformKey,
      platformName: connections.platformName,
      hasLogo,
      state: connections.state,
      stateSince: connections.stateSince,
      firstKnownAt: connections.firstKnownAt,
      companyId: connections.companyId,
      companyName: companies.name,
    })
    .from(connections)
    .innerJoin(companies, eq(companies.id, connections.companyId))
    .where(where)
    .orderBy(direction(since), direction(connections.id))
    .limit(pageSize + 1);
}

function toRow(row: Awaited<ReturnType<typeof connectionPage>>[number]): ConnectionListRow {
  return {
    id: row.id,
    platformKey: row.platformKey,
    platformName: row.platformName,
    logoPath: logoPath(row),
    status: row.state,
    since: (row.stateSince ?? row.firstKnownAt).toISOString(),
    sinceKnown: row.stateSince !== null,
    company: { id: row.companyId, name: row.companyName },
  };
}

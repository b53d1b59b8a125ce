import 'server-only';
import { and, asc, desc, eq, ilike, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies, memberships } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { users } from '@/db/schema/people';
import { type Actor, can } from '@/lib/auth/actor';
import { type Attention, attentionStates } from '@/lib/connections/schemas';
import { companySetup, freshness } from '@/lib/connections/view';
import { AppError } from '@/lib/errors';
import type { CompanyListInput, CompanyListPage, CompanyListRow } from './schemas';

const pageSize = 25;
const connectionsShown = 6;

/**
 * One page of companies, newest first, by keyset.
 * @throws AppError `not-found` for who may not look at companies.
 */
export async function listCompanies(
  actor: Actor,
  input: CompanyListInput,
): Promise<CompanyListPage> {
  if (!can(actor, 'companies:read')) throw new AppError('not-found', 'notFound');
  const backwards = input.before !== undefined;
  const cursor = decodeCursor(input.before ?? input.after);
  const matching = and(searchFor(input.q), input.status && eq(companies.attention, input.status));
  const [found, counts] = await Promise.all([
    selectPage(and(matching, cursor ? beyond(cursor, backwards) : undefined), backwards),
    countByAttention(),
  ]);
  const more = found.length > pageSize;
  const shown = found.slice(0, pageSize);
  if (backwards) shown.reverse();
  const [first, last] = [shown[0], shown.at(-1)];
  const hasBefore = backwards ? more : cursor !== null;
  const hasAfter = backwards ? cursor !== null : more;
  return {
    rows: await withConnections(shown),
    before: hasBefore && first ? encodeCursor(first) : null,
    after: hasAfter && last ? encodeCursor(last) : null,
    counts,
  };
}

type Cursor = { createdAt: string; id: string };
type PageRow = Awaited<ReturnType<typeof selectPage>>[number];

function encodeCursor(row: PageRow): string {
  return Buffer.from(JSON.stringify([row.createdAtText, row.id])).toString('base64url');
}

function decodeCursor(text: string | undefined): Cursor | null {
  if (!text) return null;
  try {
    const [createdAt, id] = JSON.parse(Buffer.from(text, 'base64url').toString());
    const valid =
      typeof createdAt === 'string' &&
      !Number.isNaN(Date.parse(createdAt)) &&
      typeof id === 'string' &&
      /^[0-9a-f-]{36}$/.test(id);
    return valid ? { createdAt, id } : null;
  } catch {
    return null;
  }
}

function beyond({ createdAt, id }: Cursor, backwards: boolean): SQL {
  const key = sql`(${companies.createdAt}, ${companies.id})`;
  const at = sql`(${createdAt}::timestamptz, ${id}::uuid)`;
  return backwards ? sql`${key} > ${at}` : sql`${key} < ${at}`;
}

function searchFor(q: string): SQL | undefined {
  if (q === '') return undefined;
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const byMember = sql`exists (select from ${memberships} m join ${users} u on u.id = m.user_id
    where m.company_id = ${companies.id} and m.removed_at is null and u.email ilike ${pattern})`;
  const byPlatform = sql`exists (select from ${connections} c
    where c.company_id = ${companies.id} and c.removed_at is null and c.platform_name ilike ${pattern})`;
  return or(
    ilike(companies.name, pattern),
    byMember,
    byPlatform,
    sql`${companies.id}::text = ${q.toLowerCase()}`,
    eq(companies.codatCompanyId, q.toLowerCase()),
  );
}

function selectPage(where: SQL | undefined, backwards: boolean) {
  const direction = backwards ? asc : desc;
  return getDb()
    .select({
      id: companies.id,
      name: companies.name,
      // Microseconds survive as text; a JavaScript date would cut them off and skip rows.
      createdAtText: sql<string>`${companies.createdAt}::text`,
      createdAt: companies.createdAt,
      codatCompanyId: companies.codatCompanyId,
      codatDeletedAt: companies.codatDeletedAt,
      provisionProblem: companies.provisionProblem,
      attention: companies.attention,
      attentionSince: companies.attentionSince,
      readAt: companies.readAt,
      eventAt: companies.eventAt,
    })
    .from(companies)
    .where(where)
    .orderBy(direction(companies.createdAt), direction(companies.id))
    .limit(pageSize + 1);
}

async function countByAttention(): Promise<CompanyListPage['counts']> {
  const rows = await getDb()
    .select({ attention: companies.attention, count: sql<number>`count(*)::int` })
    .from(companies)
    .groupBy(companies.attention);
  const byState = new Map(rows.map((row) => [row.attention, row.count]));
  return attentionStates.map((attention) => ({ attention, count: byState.get(attention) ?? 0 }));
}

async function withConnections(rows: PageRow[]): Promise<CompanyListRow[]> {
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [allConnections, owners] = await Promise.all([
    getDb()
      .select({
        id: connections.id,
        companyId: connections.companyId,
        platformName: connections.platformName,
        status: connections.status,
      })
      .from(connections)
      .where(and(inArray(connections.companyId, ids), isNull(connections.removedAt)))
      .orderBy(asc(connections.codatCreatedAt), asc(connections.id)),
    getDb()
      .select({ companyId: memberships.companyId, email: users.email })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(and(inArray(memberships.companyId, ids), isNull(memberships.removedAt)))
      .orderBy(asc(memberships.createdAt)),
  ]);
  return rows.map((row) => {
    const own = allConnections.filter(({ companyId }) => companyId === row.id);
    return {
      id: row.id,
      name: row.name,
      ownerEmail: owners.find(({ companyId }) => companyId === row.id)?.email ?? null,
      setup: companySetup(row),
      attention: row.attention as Attention,
      attentionSince: row.attentionSince.toISOString(),
      connections: own
        .slice(0, connectionsShown)
        .map(({ id, platformName, status }) => ({ id, platformName, status })),
      connectionCount: own.length,
      createdAt: row.createdAt.toISOString(),
      knownAt: freshness(row).knownAt,
    };
  });
}

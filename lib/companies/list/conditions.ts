import 'server-only';
import { and, eq, gt, gte, isNull, lt, lte, type SQL, sql } from 'drizzle-orm';
import { companyList } from '@/db/schema/company-list';
import { type Attention, attentionStates } from '@/lib/companies/types';
import { knownState } from '@/lib/connections/types';
import { endOfDay, startOfDay } from '@/lib/lists/zoned-time';
import { connectionFacet, tagFacet } from '@/lib/sync/roll-up';
import { readSort } from './order';
import type { CompanyListInput, CompanyOrder } from './schemas';
import { type SearchWay, searchCondition } from './search';

/**
 * The conditions in two parts: those the sort order's index answers, and those that need a lookup or
 * a test of each row.
 */
export type Conditions = { alongOrder: SQL | undefined; other: SQL | undefined };

/** The conditions that a search and its filters mean, for the order in which they are read. */
export function companyConditions(input: CompanyListInput, way: SearchWay): Conditions {
  const { order } = readSort(input.sort);
  const along: (SQL | undefined)[] = [];
  const other: (SQL | undefined)[] = [];
  const put = (orders: CompanyOrder[], condition: SQL | undefined) =>
    (orders.includes(order) ? along : other).push(condition);

  put(['created', 'state', 'since'], stateCondition(input, order));
  put(
    ['since'],
    input.since && sql`${companyList.attentionSince} < ${daysAgo(Number(input.since))}`,
  );
  put(['created'], createdCondition(input));
  put(['created'], shelfCondition(input));
  if (!input.show && input.q === '') along.push(sql`${companyList.ignoredAt} is null`);
  along.push(impliedByStatus(input, order), impliedByConnections(input, order));
  other.push(setupCondition(input), facetCondition(input), searchCondition(input.q, way));
  return { alongOrder: and(...along), other: and(...other) };
}

/** In the terms of the index for the order. An impossible state is answered without a query. */
function stateCondition(input: CompanyListInput, order: CompanyOrder): SQL | undefined {
  if (!input.status) return undefined;
  if (!possibleStates(input).includes(input.status)) return sql`false`;
  return order === 'state' || order === 'since'
    ? eq(companyList.attentionRank, rankOf(input.status))
    : eq(companyList.attention, input.status);
}

function createdCondition({ from, to, zone }: CompanyListInput): SQL | undefined {
  return and(
    from ? gte(companyList.createdAt, startOfDay(from, zone)) : undefined,
    to ? lt(companyList.createdAt, endOfDay(to, zone)) : undefined,
  );
}

function shelfCondition({ show }: CompanyListInput): SQL | undefined {
  if (show === 'ignored') return sql`${companyList.ignoredAt} is not null`;
  return show === 'unassigned'
    ? sql`${companyList.origin} = 'codat' and ${companyList.ownerEmail} = '' and ${companyList.ignoredAt} is null`
    : undefined;
}

/** In the words of the index that knows the few companies being set up. */
function setupCondition({ setup }: CompanyListInput): SQL | undefined {
  if (!setup) return undefined;
  return and(
    eq(companyList.attention, 'provisioning'),
    setup === '-' ? isNull(companyList.provisionProblem) : eq(companyList.provisionProblem, setup),
  );
}

function asksForConnection({ connection, platform, type }: CompanyListInput): boolean {
  return connection !== undefined || platform !== undefined || type !== undefined;
}

function facetCondition(input: CompanyListInput): SQL | undefined {
  const { connection, platform, type, tag } = input;
  const wanted: string[] = [];
  if (asksForConnection(input)) {
    wanted.push(connectionFacet({ state: connection, platformKey: platform, sourceType: type }));
  }
  if (tag !== '') {
    const at = tag.indexOf('=');
    wanted.push(at < 0 ? tagFacet(tag) : tagFacet(tag.slice(0, at), tag.slice(at + 1)));
  }
  return wanted.length > 0 ? sql`${companyList.facets} @> ${sql.param(wanted)}::text[]` : undefined;
}

/** States in which a company with such a connection can be, by how `roll-up.ts` finds the state. */
function possibleStates(input: CompanyListInput): readonly Attention[] {
  if (!asksForConnection(input)) return attentionStates;
  const state = input.connection && (knownState(input.connection) ?? 'Linked');
  const impossible: Record<string, Attention[]> = {
    Deauthorized: ['data_stopped', 'unfinished', 'disconnected', 'none', 'ok'],
    stopped: ['unfinished', 'disconnected', 'none', 'ok'],
    PendingAuth: ['disconnected', 'none', 'ok'],
    Linked: ['disconnected', 'none'],
  };
  const never = impossible[state ?? ''] ?? ['none'];
  return attentionStates.filter((state) => !never.includes(state));
}

/*
 * The planner takes columns for independent. Sorted by a column that follows from the filter it would
 * read the wrong end of the index first, and all of it: what follows is therefore said.
 */

function impliedByStatus(input: CompanyListInput, order: CompanyOrder): SQL | undefined {
  if (order !== 'state' || input.status) return undefined;
  const possible = possibleStates(input);
  const last = possible.at(-1);
  return last === 'ok' || !last ? undefined : lte(companyList.attentionRank, rankOf(last));
}

function impliedByConnections(input: CompanyListInput, order: CompanyOrder): SQL | undefined {
  if (order !== 'connections') return undefined;
  const { status } = input;
  if (status === 'none') return eq(companyList.connectionCount, 0);
  const isConnected = status && !['deleted', 'provisioning'].includes(status);
  return isConnected || asksForConnection(input) ? gt(companyList.connectionCount, 0) : undefined;
}

/** As the generated column `attention_rank` has it. */
function rankOf(state: Attention): number {
  return attentionStates.indexOf(state) + 1;
}

function daysAgo(days: number): SQL {
  return sql`now() - make_interval(days => ${days})`;
}

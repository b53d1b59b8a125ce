import 'server-only';
import { and, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companyList } from '@/db/schema/company-list';
import { type Conditions, companyConditions } from './conditions';
import {
  beyond,
  beyondSelected,
  orderColumns,
  type Place,
  placeColumns,
  readSort,
  selectedOrder,
  tableOrder,
} from './order';
import type { CappedCount, CompanyListInput } from './schemas';
import type { SearchWay } from './search';

/** Counting ends here. */
const countedAtMost = 1000;
/** So many companies are read in order before the matching ones are looked up instead. */
const walkedAtMost = 5000;
/** Looking up more than these costs more than reading in order until enough have been met. */
const lookedUpAtMost = 50_000;

/** How many companies match: nearly, as the planner thinks, and up to a point exactly. */
export type Found = CappedCount & { estimate: number };

/** How many companies match. @param tx of `readByIndex` */
export async function countCompanies(tx: Tx, input: CompanyListInput): Promise<Found> {
  // In terms of this order, whose indexes know the states and shelves.
  const inOrder = { ...input, sort: 'created' } as const;
  const estimate = await estimateRows(tx, whole(companyConditions(inOrder, 'guessed')));
  const isFew = estimate <= lookedUpAtMost;
  const conditions = companyConditions(inOrder, isFew ? 'first' : 'beside');
  const order =
    conditions.other && isFew ? sql.empty() : sql`order by ${tableOrder('created', false)}`;
  const { rows } = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select from ${companyList} where ${whole(conditions)} ${order}
      limit ${countedAtMost + 1}) as found`);
  const count = rows[0]?.count ?? 0;
  return { count: Math.min(count, countedAtMost), isMore: count > countedAtMost, estimate };
}

async function estimateRows(tx: Tx, where: SQL): Promise<number> {
  const { rows } = await tx.execute<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }>(
    sql`explain (format json) select from ${companyList} where ${where}`,
  );
  return rows[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
}

export type Search = {
  input: CompanyListInput;
  found: Found;
  /** Where to begin; null for the beginning, or the end when `backwards`. */
  from: Place | null;
  backwards: boolean;
  limit: number;
};

/**
 * The next matching companies from a place on, in their order.
 *
 * Either few match, and all of them are looked up and sorted; or many, and they are met soon when
 * the order's index is read. But what matches may lie at the far end of the order, of which the
 * planner knows nothing: unless very many match, the walk is therefore given up after a while.
 * @param tx of `readByIndex`
 */
export async function findCompanies(tx: Tx, search: Search): Promise<Place[]> {
  const { found, limit } = search;
  const inOrder = toQuery(search, 'beside');
  if (!inOrder.other) return walk(tx, inOrder);
  // Looking up no more than a walk would read never costs more.
  if (!found.isMore || found.estimate <= walkedAtMost) return lookUp(tx, toQuery(search, 'first'));
  if (found.estimate > lookedUpAtMost) return walk(tx, inOrder);
  const met = await walkAWhile(tx, toQuery(search, 'once'));
  return met.length === limit ? met : lookUp(tx, toQuery(search, 'first'));
}

type Query = ReturnType<typeof toQuery>;

function whole({ alongOrder, other }: Conditions): SQL {
  return and(alongOrder, other) ?? sql`true`;
}

function toQuery({ input, from, backwards, limit }: Search, way: SearchWay) {
  const { order, descending: fromEnd } = readSort(input.sort);
  const descending = fromEnd !== backwards;
  const { alongOrder, other } = companyConditions(input, way);
  return { alongOrder, other, order, descending, from, limit };
}

/** What of the order is left from the place on, for a walk along its index. */
function alongFrom({ alongOrder, order, descending, from }: Query): SQL | undefined {
  return and(alongOrder, from ? beyond(order, from, descending) : undefined);
}

/** Reads in order until enough have been met, however long that takes. */
async function walk(tx: Tx, query: Query): Promise<Place[]> {
  const { other, order, descending, limit } = query;
  const { rows } = await tx.execute<Place>(sql`
    select ${placeColumns(order)} from (
      select company_id, ${orderColumns(order)} from ${companyList}
      where ${and(alongFrom(query), other) ?? sql`true`}
      order by ${tableOrder(order, descending)} limit ${limit}) as met
    order by ${selectedOrder(order, descending)}`);
  return rows;
}

/** The same, among the first `walkedAtMost` companies of the order. */
async function walkAWhile(tx: Tx, query: Query): Promise<Place[]> {
  const { other, order, descending, limit } = query;
  const { rows } = await tx.execute<Place>(sql`
    select ${placeColumns(order)} from (
      select *, ${orderColumns(order)} from ${companyList}
      where ${alongFrom(query) ?? sql`true`}
      order by ${tableOrder(order, descending)} limit ${walkedAtMost}) as company_list
    where ${other}
    order by ${selectedOrder(order, descending)} limit ${limit}`);
  return rows;
}

/**
 * Looks up all that match, and sorts them. The place counts only afterwards: by it the planner would
 * guess that hardly anything is left, and read the order's index to its end for the rest.
 */
async function lookUp(tx: Tx, query: Query): Promise<Place[]> {
  const { alongOrder, other, order, descending, from, limit } = query;
  const { rows } = await tx.execute<Place>(sql`
    with met as materialized (
      select company_id, ${orderColumns(order)} from ${companyList} where ${and(alongOrder, other)})
    select ${placeColumns(order)} from met
    where ${from ? beyondSelected(order, from, descending) : sql`true`}
    order by ${selectedOrder(order, descending)} limit ${limit}`);
  return rows;
}

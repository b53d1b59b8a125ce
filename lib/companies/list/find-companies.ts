import 'server-only';
import { and, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { companyConditions } from './conditions';
import {
  beyond,
  orderColumns,
  type Place,
  placeColumns,
  readSort,
  selectedOrder,
  tableOrder,
} from './order';
import type { CappedCount, CompanyListInput } from './schemas';

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
  const { alongOrder, other } = companyConditions({ ...input, sort: 'created' });
  const where = and(alongOrder, other) ?? sql`true`;
  const estimate = await estimateRows(tx, where);
  const order =
    other && estimate <= lookedUpAtMost
      ? sql.empty()
      : sql`order by ${tableOrder('created', false)}`;
  const { rows } = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select from ${companies} where ${where} ${order} limit ${countedAtMost + 1}) as found`);
  const count = rows[0]?.count ?? 0;
  return { count: Math.min(count, countedAtMost), isMore: count > countedAtMost, estimate };
}

async function estimateRows(tx: Tx, where: SQL): Promise<number> {
  const { rows } = await tx.execute<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }>(
    sql`explain (format json) select from ${companies} where ${where}`,
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
  const query = toQuery(search);
  const { found, limit } = search;
  if (!query.other) return walk(tx, query);
  if (!found.isMore) return lookUp(tx, query);
  if (found.estimate > lookedUpAtMost) return walk(tx, query);
  const met = await walkAWhile(tx, query);
  return met.length === limit ? met : lookUp(tx, query);
}

type Query = ReturnType<typeof toQuery>;

function toQuery({ input, from, backwards, limit }: Search) {
  const { order, descending: fromEnd } = readSort(input.sort);
  const descending = fromEnd !== backwards;
  const { alongOrder, other } = companyConditions(input);
  const fromPlace = from ? beyond(order, from, descending) : undefined;
  return { alongOrder: and(alongOrder, fromPlace), other, order, descending, limit };
}

/** Reads in order until enough have been met, however long that takes. */
async function walk(tx: Tx, query: Query): Promise<Place[]> {
  const { alongOrder, other, order, descending, limit } = query;
  const { rows } = await tx.execute<Place>(sql`
    select ${placeColumns(order)} from (
      select id, ${orderColumns(order)} from ${companies}
      where ${and(alongOrder, other) ?? sql`true`}
      order by ${tableOrder(order, descending)} limit ${limit}) as met
    order by ${selectedOrder(order, descending)}`);
  return rows;
}

/** The same, among the first `walkedAtMost` companies of the order. */
async function walkAWhile(tx: Tx, query: Query): Promise<Place[]> {
  const { alongOrder, other, order, descending, limit } = query;
  const { rows } = await tx.execute<Place>(sql`
    select ${placeColumns(order)} from (
      select *, ${orderColumns(order)} from ${companies} where ${alongOrder ?? sql`true`}
      order by ${tableOrder(order, descending)} limit ${walkedAtMost}) as companies
    where ${other}
    order by ${selectedOrder(order, descending)} limit ${limit}`);
  return rows;
}

/** Looks up all that match, and sorts them. */
async function lookUp(tx: Tx, query: Query): Promise<Place[]> {
  const { alongOrder, other, order, descending, limit } = query;
  const { rows } = await tx.execute<Place>(sql`
    with met as materialized (
      select id, ${orderColumns(order)} from ${companies} where ${and(alongOrder, other)})
    select ${placeColumns(order)} from met
    order by ${selectedOrder(order, descending)} limit ${limit}`);
  return rows;
}

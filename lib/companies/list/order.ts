import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { companyList } from '@/db/schema/company-list';
import { isUuid } from '@/lib/storable-text';
import type { CompanyOrder, CompanySort } from './schemas';

type Kind = 'text' | 'moment' | 'number';
type Key = { column: SQL; kind: Kind };

const key = (column: SQL, kind: Kind): Key => ({ column, kind });
const since = key(sql`${companyList.attentionSince}`, 'moment');

/** What is compared, exactly as in the index of the order. The id comes last in each. */
const orders: Record<CompanyOrder, Key[]> = {
  name: [key(sql`lower(left(${companyList.name}, 100))`, 'text')],
  owner: [key(sql`${companyList.ownerEmail} collate "C"`, 'text')],
  state: [key(sql`${companyList.attentionRank}`, 'number'), since],
  since: [since],
  connections: [key(sql`${companyList.connectionCount}`, 'number')],
  created: [key(sql`${companyList.createdAt}`, 'moment')],
};

/** A place in an order: between this company and the next. */
export type Place = { keys: string[]; id: string };

/** The column of a sort order, and whether it runs from the column's end. */
export function readSort(sort: CompanySort): { order: CompanyOrder; descending: boolean } {
  const descending = sort.startsWith('-');
  return { order: (descending ? sort.slice(1) : sort) as CompanyOrder, descending };
}

/** Columns of the order, selected next to the id, each under its own name. */
export function orderColumns(order: CompanyOrder): SQL {
  return sql.join(
    orders[order].map(({ column }, index) => sql`${column} as ${keyName(index)}`),
    sql`, `,
  );
}

/** The selected columns as texts that lose nothing: a JavaScript date would cut off microseconds. */
export function placeColumns(order: CompanyOrder): SQL {
  const texts = orders[order].map(({ kind }, index) =>
    kind === 'moment'
      ? sql`to_char(${keyName(index)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || 'Z'`
      : sql`${keyName(index)}::text`,
  );
  return sql`company_id as id, array[${sql.join(texts, sql`, `)}] as keys`;
}

/** ORDER BY of columns selected by `orderColumns`. */
export function selectedOrder(order: CompanyOrder, descending: boolean): SQL {
  return directed(
    [...orders[order].map((_, index) => keyName(index)), sql`company_id`],
    descending,
  );
}

/** ORDER BY of the table itself. */
export function tableOrder(order: CompanyOrder, descending: boolean): SQL {
  return directed(
    [...orders[order].map(({ column }) => column), sql`${companyList.companyId}`],
    descending,
  );
}

/** What lies beyond a place. */
export function beyond(order: CompanyOrder, place: Place, descending: boolean): SQL {
  const columns = orders[order].map(({ column }) => column);
  return compare([...columns, sql`${companyList.companyId}`], order, place, descending);
}

/** The same of rows that were selected with `orderColumns`. */
export function beyondSelected(order: CompanyOrder, place: Place, descending: boolean): SQL {
  const columns = orders[order].map((_, index) => keyName(index));
  return compare([...columns, sql`company_id`], order, place, descending);
}

function compare(columns: SQL[], order: CompanyOrder, place: Place, descending: boolean): SQL {
  const casts: Record<Kind, SQL> = { text: sql`text`, moment: sql`timestamptz`, number: sql`int` };
  const values = orders[order].map(({ kind }, index) => sql`${place.keys[index]}::${casts[kind]}`);
  const left = sql.join(columns, sql`, `);
  const right = sql.join([...values, sql`${place.id}::uuid`], sql`, `);
  return descending ? sql`(${left}) < (${right})` : sql`(${left}) > (${right})`;
}

/** A place as it is in a URL, valid only for this sort order. */
export function encodePlace(sort: CompanySort, { keys, id }: Place): string {
  return Buffer.from(JSON.stringify([sort, id, ...keys])).toString('base64url');
}

/** The place in a URL; null for what is none of this sort order. */
export function decodePlace(sort: CompanySort, text: string | undefined): Place | null {
  if (!text) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) return null;
    const [itsSort, id = '', ...keys] = parts as string[];
    const kinds = orders[readSort(sort).order].map(({ kind }) => kind);
    const fits =
      itsSort === sort &&
      isUuid(id) &&
      keys.length === kinds.length &&
      kinds.every((kind, index) => isKey[kind](keys[index] ?? ''));
    return fits ? { keys, id } : null;
  } catch {
    return null;
  }
}

/** Whether PostgreSQL can take a text from outside for a value of this kind. */
const isKey: Record<Kind, (text: string) => boolean> = {
  text: (text) => !text.includes('\u0000') && text.isWellFormed(),
  moment: (text) => {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(text) || text < '0001') return false;
    const atMs = Date.parse(text);
    // 30 February is not refused but moved.
    return !Number.isNaN(atMs) && new Date(atMs).toISOString().slice(0, 19) === text.slice(0, 19);
  },
  number: (text) => /^\d{1,9}$/.test(text),
};

function keyName(index: number): SQL {
  return sql.raw(`key_${index}`);
}

function directed(columns: SQL[], descending: boolean): SQL {
  return sql.join(
    columns.map((column) => (descending ? sql`${column} desc` : sql`${column} asc`)),
    sql`, `,
  );
}

import 'server-only';
import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/** A place in a list that is ordered by time and then by id. */
export type TimeCursor = { micros: string; id: string };

/** What the ids of a list are, and what of them a cursor may say. */
const ids = {
  bigint: /^\d{1,18}$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  text: /^.{1,200}$/,
};
type IdType = keyof typeof ids;
type Order = { at: AnyColumn | SQL; id: AnyColumn; idType?: IdType };

/** The microseconds of a time since 1970 as text: a JavaScript date would cut them off. */
export function microsOf(at: AnyColumn | SQL): SQL<string> {
  return sql<string>`(extract(epoch from ${at}) * 1000000)::bigint::text`;
}

export function encodeCursor({ micros, id }: TimeCursor): string {
  return `${micros}.${id}`;
}

/** Null for what `encodeCursor` would not have written. */
export function decodeCursor(
  text: string | undefined,
  idType: IdType = 'bigint',
): TimeCursor | null {
  const [, micros, id] = text?.match(/^(\d{1,16})\.(.+)$/) ?? [];
  return micros && id && ids[idType].test(id) ? { micros, id } : null;
}

/** Rows on one side of a place: `<` is older, `>` newer, `<=` older or the place itself. */
export function beyond(order: Order, side: '<' | '<=' | '>', { micros, id }: TimeCursor): SQL {
  const at = sql`'epoch'::timestamptz + ${micros}::bigint * interval '1 microsecond'`;
  const place = sql`(${at}, ${id}::${sql.raw(order.idType ?? 'bigint')})`;
  return sql`(${order.at}, ${order.id}) ${sql.raw(side)} ${place}`;
}

/**
 * The page of a list that an address asks for: the condition for its rows, whether they are to be
 * read from its end, and how up to `size` + 1 of them become the page.
 * @param onward where the list goes on after a row: `<` to what is older.
 */
export function askedPage(
  order: Order,
  { before, after }: { before?: string; after?: string },
  onward: '<' | '>' = '<',
) {
  const backwards = before !== undefined;
  const cursor = decodeCursor(before ?? after, order.idType);
  const back = onward === '<' ? '>' : '<';
  return {
    backwards,
    cursor,
    place: cursor ? beyond(order, backwards ? back : onward, cursor) : undefined,
    cut<Row extends TimeCursor>(found: Row[], size: number) {
      const rows = found.slice(0, size);
      if (backwards) rows.reverse();
      const isMore = found.length > size;
      const [hasBefore, hasAfter] = backwards
        ? [isMore, cursor !== null]
        : [cursor !== null, isMore];
      const [first, last] = [rows[0], rows.at(-1)];
      return {
        rows,
        before: hasBefore && first ? encodeCursor(first) : null,
        after: hasAfter && last ? encodeCursor(last) : null,
      };
    },
  };
}

import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { getDb } from '@/db/client';

/** How many rows match, counted no further than `most`. */
export async function countUpTo(
  table: PgTable,
  where: SQL | undefined,
  most: number,
): Promise<number> {
  const some = getDb()
    .select({ one: sql`1`.as('one') })
    .from(table)
    .where(where)
    .limit(most)
    .as('some');
  const [row] = await getDb().select({ count: sql<number>`count(*)::int` }).from(some);
  return row?.count ?? 0;
}

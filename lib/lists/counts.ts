import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';

export type Counts = {
  /** By attention state, and `ignored`. */
  companies: Map<string, number>;
  connections: {
    status: string;
    platformKey: string | null;
    platformName: string;
    count: number;
  }[];
};

type Row = {
  kind: string;
  status: string;
  platform_key: string | null;
  platform_name: string | null;
  count: number;
};

/**
 * How many companies and connections there are of each kind, exact at this moment, at the cost of a
 * few hundred rows however many are counted. What a platform is called is the last of its names.
 */
export async function readCounts(db: Executor): Promise<Counts> {
  const { rows } = await db.execute<Row>(sql`
    select kind, status, platform_key, max(platform_name) as platform_name, sum(count)::int as count
    from tallies group by kind, status, platform_key having sum(count) <> 0
    order by kind, status, platform_key`);
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  return {
    companies: new Map(of('company').map(({ status, count }) => [status, count])),
    connections: of('connection').map((row) => ({
      status: row.status,
      platformKey: row.platform_key,
      platformName: row.platform_name ?? '',
      count: row.count,
    })),
  };
}

const foldFrom = 500;

/** Puts the additions and subtractions together once there are many. Bears any company. */
export async function foldCounts(db: Executor): Promise<void> {
  await db.execute(sql`
    with many as (select count(*) >= ${foldFrom} as is_many from (select from tallies limit ${foldFrom}) t),
    folded as (
      delete from tallies where (select is_many from many)
      returning kind, status, platform_key, platform_name, count
    )
    insert into tallies (kind, status, platform_key, platform_name, count)
    select kind, status, platform_key, platform_name, sum(count)
    from folded group by 1, 2, 3, 4 having sum(count) <> 0`);
}

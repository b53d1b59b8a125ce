import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import type { ChangeDay } from './types';

export const changeDays = 7;

/**
 * How many connections broke (lost their access at the platform) and were repaired on each of the
 * last seven days of UTC, today the last.
 */
export async function readChanges(db: Executor): Promise<ChangeDay[]> {
  const { rows } = await db.execute<ChangeDay>(sql`
    select to_char(start at time zone 'UTC', 'YYYY-MM-DD') as day,
      (select count(*)::int from connection_status_changes
        where to_status = 'Deauthorized'
          and recorded_at >= start and recorded_at < start + interval '1 day') as broke,
      (select count(*)::int from connection_status_changes
        where from_status = 'Deauthorized' and to_status = 'Linked'
          and recorded_at >= start and recorded_at < start + interval '1 day') as repaired
    from generate_series(${changeDays - 1}, 0, -1) as ago,
      lateral (select (date_trunc('day', now() at time zone 'UTC') - ago * interval '1 day')
        at time zone 'UTC' as start) as days
    order by start`);
  return rows;
}

import 'server-only';
import { sql } from 'drizzle-orm';
import { type Check, say } from './check';
import { requireMigrated } from './requirements';

const staleHours = 24;

type Row = { ended_minutes: number | null; has_begun: boolean; problem: string | null };

/** When everything was last compared with Codat. */
export const sweep: Check = {
  id: 'sweep',
  group: 'jobs',
  run: async (context) => {
    const db = await requireMigrated(context);
    const { rows } = await db.execute<Row>(sql`
      select
        (select greatest(0, floor(extract(epoch from now() - finished_at) / 60))::int from sweeps
          where finished_at is not null order by id desc limit 1) as ended_minutes,
        exists (select from sweeps) as has_begun,
        (select last_error from sweeps where finished_at is null order by id desc limit 1)
          as problem`);
    const minutes = rows[0]?.ended_minutes ?? null;
    const mendable = { mend: say('sweep.mend'), mender: 'environment' } as const;
    if (!rows[0]?.has_begun) return { state: 'warn', found: say('sweep.never'), ...mendable };
    if (minutes !== null && minutes >= staleHours * 60) {
      const hours = Math.floor(minutes / 60);
      return { state: 'fail', found: say('sweep.stale', { hours }), ...mendable };
    }
    const { problem } = rows[0];
    if (problem) return { state: 'warn', found: say('sweep.failing', { problem }), ...mendable };
    if (minutes === null) return { state: 'ok', found: say('sweep.first') };
    return { state: 'ok', found: say('sweep.ok', { minutes }) };
  },
};

import 'server-only';
import { sql } from 'drizzle-orm';
import { schedules as known } from '@/lib/runtime/jobs/schedules';
import { type Check, type Outcome, say } from './check';
import { requireMigrated } from './requirements';

type Row = { name: string; minutes: number; last_error: string | null };

function judge(schedule: (typeof known)[number], run: Row | undefined): Outcome {
  const about = schedule.name;
  const mendable = { about, mend: say('schedules.mend'), mender: 'environment' } as const;
  if (!run) return { about, state: 'unknown', found: say('schedules.never') };
  const { minutes, last_error: problem } = run;
  if (minutes > schedule.staleMinutes) {
    return { state: 'fail', found: say('schedules.stale', { minutes }), ...mendable };
  }
  if (problem) return { state: 'warn', found: say('schedules.failing', { problem }), ...mendable };
  return { about, state: 'ok', found: say('schedules.ok', { minutes }) };
}

/** When each job that runs by the clock last ran, and what came of it. */
export const schedules: Check = {
  id: 'schedules',
  group: 'jobs',
  run: async (context) => {
    const db = await requireMigrated(context);
    const { rows } = await db.execute<Row>(sql`
      select name, last_error,
        greatest(0, floor(extract(epoch from now() - started_at) / 60))::int as minutes
      from job_runs`);
    return known.map((schedule) =>
      judge(
        schedule,
        rows.find(({ name }) => name === schedule.name),
      ),
    );
  },
};

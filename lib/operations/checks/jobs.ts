import 'server-only';
import { sql } from 'drizzle-orm';
import { schedules as everySchedule } from '@/lib/runtime/jobs/queues';
import { type Check, checkText, type Outcome } from './check';
import { requireMigrated } from './context';

const stoppedAfterSeconds = 300;

/** Whether some process does the background work: of its jobs several run every minute. */
export const worker: Check = {
  id: 'worker',
  group: 'jobs',
  run: async (context) => {
    const db = await requireMigrated(context);
    const { rows } = await db.execute<{ seconds: number | null }>(
      sql`select extract(epoch from now() - max(started_at))::int as seconds from job_runs`,
    );
    const seconds = rows[0]?.seconds ?? null;
    if (seconds !== null && seconds < stoppedAfterSeconds) {
      return { state: 'ok', found: checkText('worker.ok', { seconds: Math.max(0, seconds) }) };
    }
    return {
      state: 'fail',
      found:
        seconds === null
          ? checkText('worker.never')
          : checkText('worker.stopped', { minutes: Math.floor(seconds / 60) }),
      fix: checkText('worker.fix'),
      fixedIn: 'environment',
    };
  },
};

type RunRow = { name: string; minutes: number; last_error: string | null };

function judgeRun(schedule: (typeof everySchedule)[number], run: RunRow | undefined): Outcome {
  const about = schedule.name;
  const fixable = { about, fix: checkText('schedules.fix'), fixedIn: 'environment' } as const;
  if (!run) return { about, state: 'unknown', found: checkText('schedules.never') };
  const { minutes, last_error: problem } = run;
  if (minutes > schedule.staleMinutes) {
    return { state: 'fail', found: checkText('schedules.stale', { minutes }), ...fixable };
  }
  if (problem)
    return { state: 'warn', found: checkText('schedules.failing', { problem }), ...fixable };
  return { about, state: 'ok', found: checkText('schedules.ok', { minutes }) };
}

/** When each job that runs by the clock last ran, and what came of it. */
export const schedules: Check = {
  id: 'schedules',
  group: 'jobs',
  run: async (context) => {
    const db = await requireMigrated(context);
    const { rows } = await db.execute<RunRow>(sql`
      select name, last_error,
        greatest(0, floor(extract(epoch from now() - started_at) / 60))::int as minutes
      from job_runs`);
    return everySchedule.map((schedule) =>
      judgeRun(
        schedule,
        rows.find(({ name }) => name === schedule.name),
      ),
    );
  },
};

const staleHours = 24;

type SweepRow = { ended_minutes: number | null; has_begun: boolean; problem: string | null };

/** When everything was last compared with Codat. */
export const sweep: Check = {
  id: 'sweep',
  group: 'jobs',
  run: async (context) => {
    const db = await requireMigrated(context);
    const { rows } = await db.execute<SweepRow>(sql`
      select
        (select greatest(0, floor(extract(epoch from now() - finished_at) / 60))::int from sweeps
          where finished_at is not null order by id desc limit 1) as ended_minutes,
        exists (select from sweeps) as has_begun,
        (select last_error from sweeps where finished_at is null order by id desc limit 1)
          as problem`);
    const minutes = rows[0]?.ended_minutes ?? null;
    const fixable = { fix: checkText('sweep.fix'), fixedIn: 'environment' } as const;
    if (!rows[0]?.has_begun) return { state: 'warn', found: checkText('sweep.never'), ...fixable };
    if (minutes !== null && minutes >= staleHours * 60) {
      const hours = Math.floor(minutes / 60);
      return { state: 'fail', found: checkText('sweep.stale', { hours }), ...fixable };
    }
    const { problem } = rows[0];
    if (problem)
      return { state: 'warn', found: checkText('sweep.failing', { problem }), ...fixable };
    if (minutes === null) return { state: 'ok', found: checkText('sweep.first') };
    return { state: 'ok', found: checkText('sweep.ok', { minutes }) };
  },
};

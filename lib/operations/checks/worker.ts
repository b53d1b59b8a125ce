import 'server-only';
import { sql } from 'drizzle-orm';
import { type Check, say } from './check';
import { requireMigrated } from './requirements';

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
      return { state: 'ok', found: say('worker.ok', { seconds: Math.max(0, seconds) }) };
    }
    return {
      state: 'fail',
      found:
        seconds === null
          ? say('worker.never')
          : say('worker.stopped', { minutes: Math.floor(seconds / 60) }),
      mend: say('worker.mend'),
      mender: 'environment',
    };
  },
};

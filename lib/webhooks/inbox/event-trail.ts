import 'server-only';
import { type SQL, sql } from 'drizzle-orm';

/** As much as a person can read: an event that fails for ever must not grow for ever. */
const longest = 50;

/** The trail of `webhook_events` with an entry more, an SQL expression; the oldest makes room. */
function longerTrail(entry: SQL): SQL {
  return sql`case when jsonb_array_length(trail) < ${longest} then trail else trail - 0 end || ${entry}`;
}

/** The same for a try that failed. */
export function failedTrail(attempt: SQL, error: string): SQL {
  return longerTrail(sql`jsonb_build_object('kind', 'failed', 'at', now(),
    'attempt', ${attempt}, 'error', ${error}::text)`);
}

/** The same when a person settles a dead letter. */
export function settledTrail(by: string, reason: string): SQL {
  return longerTrail(sql`jsonb_build_object('kind', 'settled', 'at', now(), 'by', ${by}::text,
    'reason', ${reason}::text)`);
}

/** The same when the event is retried, and by whom if by a person: its earlier result stays. */
export function putBackTrail(by: string | null): SQL {
  return longerTrail(sql`jsonb_build_object('kind', 'again', 'at', now(), 'by', ${by}::text,
    'from', state, 'processedAt', processed_at)`);
}

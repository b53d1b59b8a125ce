import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import { type Db, getDb } from '@/db/client';
import { logger } from '@/lib/runtime/logger';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { isShuttingDown } from '@/lib/runtime/process-state';
import { type RetentionRule, retentionRules } from './retention-rules';

/** Rows a statement: each takes milliseconds, locks nothing else, and is kept if the next one fails. */
const batchSize = 1000;
/** Between statements, so that pages and webhooks come in between. */
const pauseMs = 10;
/** The rest waits for the next hour. */
const longestMs = 4 * 60_000;

export type Housekept = Partial<Record<RetentionRule['kind'], number>>;

/**
 * Deletes what has been kept for as long as the settings say, in small batches. May be killed at any
 * moment: the next run continues.
 * @param options only tests pass any.
 * @returns how many rows of each kind are gone.
 */
export async function housekeep({
  db = getDb(),
  rules = retentionRules(),
  timeMs = longestMs,
}: {
  db?: Db;
  rules?: RetentionRule[];
  timeMs?: number;
} = {}): Promise<Housekept> {
  const endsAt = performance.now() + timeMs;
  const isOver = () => isShuttingDown() || performance.now() >= endsAt;
  const gone: Housekept = {};
  let isDone = true;
  for (const { kind, batches } of rules) {
    for await (const deleted of batches(db, batchSize)) {
      gone[kind] = (gone[kind] ?? 0) + deleted;
      getMetrics().rowsExpired.inc({ kind }, deleted);
      if (isOver()) {
        isDone = false;
        break;
      }
      await wait(pauseMs);
    }
  }
  const deleted = Object.fromEntries(Object.entries(gone).filter(([, count]) => count > 0));
  if (Object.keys(deleted).length > 0 || !isDone) {
    logger.info({ deleted, isDone }, 'what was kept long enough was deleted');
  }
  return gone;
}

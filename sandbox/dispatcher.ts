import { announceQuotaReset } from '@/sandbox/api/quota';
import { completeFirstReads, completeScheduledReads } from '@/sandbox/connections/reads';
import { attemptDelivery, type DueDelivery } from '@/sandbox/webhooks/attempt-delivery';
import type { World } from '@/sandbox/world';

const CONCURRENCY = 10;
const LONGEST_NAP_MS = 1000;
const BETWEEN_SCHEDULED_READS_MS = 10_000;

export interface Dispatcher {
  /** Looks for due work soon; may be called inside a transaction. */
  wake(): void;
  /** Cuts attempts off; they stay due. */
  stop(): Promise<void>;
}

function findDue(world: World, limit: number): DueDelivery[] {
  return world.store.all<DueDelivery>(
    `SELECT d.id, d.message_id, d.consumer_id, d.state, d.failures, d.repeats
     FROM deliveries d JOIN consumers c ON c.id = d.consumer_id
     WHERE d.next_attempt_at <= ? AND c.disabled = 0
     ORDER BY d.next_attempt_at, d.id LIMIT ?`,
    world.now(),
    limit,
  );
}

function millisecondsToNext(world: World): number {
  const next = world.store.get<{ at: number | null }>(
    `SELECT MIN(at) AS at FROM (
       SELECT MIN(next_attempt_at) AS at FROM deliveries WHERE next_attempt_at > ?1
       UNION ALL SELECT MIN(due_at) FROM initial_reads)`,
    world.now(),
  )?.at;
  return Math.min(Math.max((next ?? Number.POSITIVE_INFINITY) - world.now(), 1), LONGEST_NAP_MS);
}

/** Runs what is due: webhook attempts (at most ten at a time), reads, the end of a quota day. */
export function startDispatcher(world: World): Dispatcher {
  const running = new Map<number, Promise<void>>();
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isAwake = false;
  let scheduledReadsAt = 0;

  function start(delivery: DueDelivery): void {
    const attempt = attemptDelivery(world, delivery, stopping.signal).finally(() => {
      running.delete(delivery.id);
      wake();
    });
    running.set(delivery.id, attempt);
  }

  function runDue(): void {
    isAwake = false;
    if (stopping.signal.aborted) return;
    clearTimeout(timer);
    completeFirstReads(world);
    if (world.realNow() >= scheduledReadsAt) {
      scheduledReadsAt = world.realNow() + BETWEEN_SCHEDULED_READS_MS;
      completeScheduledReads(world);
    }
    announceQuotaReset(world);
    for (const delivery of findDue(world, CONCURRENCY + running.size)) {
      if (running.size < CONCURRENCY && !running.has(delivery.id)) start(delivery);
    }
    timer = setTimeout(runDue, millisecondsToNext(world));
  }

  function wake(): void {
    if (isAwake || stopping.signal.aborted) return;
    isAwake = true;
    setImmediate(runDue);
  }

  wake();
  return {
    wake,
    stop: async () => {
      clearTimeout(timer);
      stopping.abort();
      await Promise.allSettled(running.values());
    },
  };
}

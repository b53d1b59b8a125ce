import 'server-only';
import { getDb } from '@/db/client';
import { watchDatabase } from '@/lib/database-watch';
import { getEnv } from '@/lib/env';
import { stopBoss } from '@/lib/jobs/boss';
import { stopListening } from '@/lib/live/listener';
import { endStreams } from '@/lib/live/stream';
import { logger } from '@/lib/logger';
import { isShuttingDown, markShuttingDown } from '@/lib/shutting-down';
import { startWorker, type Worker } from './start-worker';

/** Time for a load balancer to see that `/api/ready` says no, and for requests to finish. */
const drainMs = 1500;
const stopWithinMs = 20_000;

/**
 * Starts this process: checks the environment, runs the background work unless `WORKER=off`, and
 * prepares an orderly stop. Exits at once when a setting is wrong: a process that answers every
 * request with 500 helps nobody.
 */
export async function boot(): Promise<void> {
  let worker: Worker | undefined;
  try {
    if (getEnv().WORKER === 'on') worker = await startWorker();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  const stopWatching = watchDatabase();
  onStopSignal(async () => {
    stopWatching();
    endStreams();
    await new Promise((resolve) => setTimeout(resolve, drainMs));
    endStreams();
    await worker?.stop(stopWithinMs - 5000);
    await stopBoss(1000);
    await stopListening();
    await getDb().$client.end();
  });
}

/** Runs `stop` on the first SIGTERM or SIGINT and exits when it is done, or after 20 s. */
export function onStopSignal(stop: () => Promise<void>): void {
  const begin = async (signal: NodeJS.Signals) => {
    if (isShuttingDown()) return;
    markShuttingDown();
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    await stop().catch((error: unknown) => logger.error({ err: error }, 'stopping failed'));
    process.exit(0);
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', begin);
}

import 'server-only';
import { getDb } from '@/db/client';
import { getEnv } from '@/env';
import { stopListening } from '@/lib/live/listener';
import { endStreams } from '@/lib/live/stream';
import { noticeTrouble } from '@/lib/operations/checks/notice-trouble';
import { watchDatabase } from '@/lib/runtime/database-watch';
import { onEachRequest, trackRequests } from '@/lib/runtime/http';
import { stopBoss } from '@/lib/runtime/jobs/boss';
import { logger } from '@/lib/runtime/logger';
import { observeRequest } from '@/lib/runtime/observe-requests';
import { applyOutgoingProxy } from '@/lib/runtime/outgoing-proxy';
import { markPeer } from '@/lib/runtime/peer-address';
import { isShuttingDown, markShuttingDown } from '@/lib/runtime/process-state';
import { repairTarget } from '@/lib/runtime/request-target';
import { loadRouteTable } from '@/lib/runtime/route-table';
import { stopTracing, traceIfWanted } from '@/lib/runtime/tracing/trace-if-wanted';
import { tellHost } from '@/lib/web/own-origin';
import { startWorker, type Worker } from './start-worker';

/** Time for a load balancer to see that `/api/ready` says no. Requests are still accepted. */
const drainMs = 1500;
/** A call to Codat takes at most 8 s and a job two of them; orchestrators kill after 30 s. */
const stopWithinMs = 23_000;

/**
 * Starts this process: checks the environment, runs the background work unless `WORKER=off`, and
 * prepares an orderly stop. Exits immediately when a setting is wrong: a process that answers every
 * request with 500 helps nobody.
 */
export async function boot(): Promise<void> {
  const routes = loadRouteTable();
  const requests = trackRequests();
  let worker: Worker | undefined;
  let stopNoticing: (() => void) | undefined;
  try {
    applyOutgoingProxy();
    const tracing = await traceIfWanted(routes);
    // Routes are found by the repaired address, and a trace notes the id that observing gave.
    const observe = observeRequest(routes);
    const tell = tellHost(getEnv().APP_URL);
    onEachRequest([markPeer, tell, repairTarget, observe, requests.step, ...tracing]);
    stopNoticing = noticeTrouble();
    if (getEnv().WORKER === 'on') worker = await startWorker();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  const stopWatching = watchDatabase();
  onStopSignal(async () => {
    stopWatching();
    stopNoticing?.();
    endStreams();
    const atRest = worker?.rest();
    await new Promise((resolve) => setTimeout(resolve, drainMs));
    await requests.finish(stopWithinMs);
    await atRest;
    await worker?.stop(stopWithinMs);
    await stopBoss(1000);
    await stopListening();
    await getDb().$client.end();
  });
}

/** Runs `stop` on the first SIGTERM or SIGINT and exits when it is done, or after 23 s. */
export function onStopSignal(stop: () => Promise<void>): void {
  const begin = async (signal: NodeJS.Signals) => {
    if (isShuttingDown()) return;
    markShuttingDown();
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    await stop().catch((error: unknown) => logger.error({ err: error }, 'stopping failed'));
    await stopTracing();
    process.exit(0);
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', begin);
}

import { getDb } from '@/db/client';
import { getEnv } from '@/env';
import { noticeTrouble } from '@/lib/operations/checks/notice-trouble';
import { applyOutgoingProxy } from '@/lib/runtime/outgoing-proxy';
import { traceIfWanted } from '@/lib/runtime/tracing/trace-if-wanted';
import { onStopSignal } from '@/lib/worker/boot';
import { startWorker } from '@/lib/worker/start-worker';
import { serveWorkerHttp } from '@/lib/worker/worker-http';

async function start(): Promise<void> {
  const { METRICS_PORT } = getEnv();
  applyOutgoingProxy();
  await traceIfWanted();
  const closeDoor = METRICS_PORT ? await serveWorkerHttp(METRICS_PORT) : undefined;
  const stopNoticing = noticeTrouble();
  const worker = await startWorker();
  onStopSignal(async () => {
    stopNoticing();
    await worker.stop(15_000);
    closeDoor?.();
    await getDb().$client.end();
  });
}

// As the portal does: what is wrong with a setting or a port, without our stack.
await start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});

import { getDb } from '@/db/client';
import { getEnv } from '@/lib/env';
import { onStopSignal } from '@/lib/worker/boot';
import { startWorker } from '@/lib/worker/start-worker';

getEnv();
const worker = await startWorker();
onStopSignal(async () => {
  await worker.stop(15_000);
  await getDb().$client.end();
});

import 'server-only';
import { getEnv } from '@/env';
import type { RouteTable } from '@/lib/runtime/route-table';

/** A collector that does not answer must not hold up the end of a process for longer. */
const flushWithinMs = 2000;

let flush: (() => Promise<void>) | undefined;

/**
 * Starts tracing where an endpoint is set; elsewhere nothing that collects spans is even loaded.
 * @param routes in a process that serves them.
 */
export async function traceIfWanted(routes?: RouteTable): Promise<void> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: name } = getEnv();
  if (!endpoint) return;
  const { startTracing } = await import('./start-tracing');
  flush = startTracing(endpoint, name, routes);
}

/** Sends what has not been sent yet, as far as that takes no longer than 2 s. Never throws. */
export async function stopTracing(): Promise<void> {
  const late = new Promise((resolve) => setTimeout(resolve, flushWithinMs).unref());
  await Promise.race([flush?.().catch(() => {}), late]);
}

import 'server-only';
import { getEnv } from '@/env';
import type { Step } from '@/lib/runtime/http';
import type { RouteTable } from '@/lib/runtime/route-table';
import { withDeadline } from '@/lib/runtime/with-deadline';

/** A collector that does not answer must not hold up the end of a process for longer. */
const flushWithinMs = 2000;

let flush: (() => Promise<void>) | undefined;

/**
 * Starts tracing where an endpoint is set; elsewhere nothing that collects spans is even loaded.
 * @returns the steps for each request of a process that serves `routes`.
 */
export async function traceIfWanted(routes?: RouteTable): Promise<Step[]> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: name } = getEnv();
  if (!endpoint) return [];
  const { startTracing } = await import('./start-tracing');
  flush = startTracing(endpoint, name);
  if (!routes) return [];
  const { traceRequest } = await import('./trace-requests');
  return [traceRequest(routes)];
}

/** Sends what has not been sent yet, as far as that takes no longer than 2 s. Never throws. */
export async function stopTracing(): Promise<void> {
  if (flush)
    await withDeadline(
      flush().catch(() => {}),
      flushWithinMs,
      () => {},
    );
}

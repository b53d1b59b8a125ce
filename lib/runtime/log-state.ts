import type { AsyncLocalStorage } from 'node:async_hooks';

/** What every line of the log carries while it holds: for whom or what the process is at work. */
export type LogContext = {
  requestId?: string;
  actorId?: string;
  companyId?: string;
  webhookId?: string;
  loop?: string;
  job?: string;
  jobId?: string;
  /** Of the trace that is sent to a collector (`lib/tracing`). */
  traceId?: string;
};

// The proxy, routes and instrumentation are separate module graphs: they share globalThis.
export const logState = globalThis as typeof globalThis & {
  portalLog?: AsyncLocalStorage<LogContext>;
};

/** The id of the request being served. */
export function currentRequestId(): string | undefined {
  return logState.portalLog?.getStore()?.requestId;
}

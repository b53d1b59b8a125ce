import type { AsyncLocalStorage } from 'node:async_hooks';

const shared = globalThis as typeof globalThis & { portal?: Map<string, unknown> };

/**
 * The process's one value of this name, made on first use. The proxy, routes and instrumentation are
 * separate module graphs with module variables of their own; they share only `globalThis`.
 */
export function remember<T>(name: string, make: () => T): T {
  shared.portal ??= new Map();
  const { portal } = shared;
  if (!portal.has(name)) portal.set(name, make());
  return portal.get(name) as T;
}

export type DatabaseState = 'there' | 'away' | 'read-only';

const flags = remember('flags', () => ({
  database: 'there' as DatabaseState,
  databaseAheadMs: 0,
  shuttingDown: false,
}));

export function markDatabase(state: DatabaseState): void {
  flags.database = state;
}

/** Whether the database was away when it was last looked at, about a second ago. */
export function isDatabaseKnownAway(): boolean {
  return flags.database === 'away';
}

/** Whether it answered then, and would have refused to store anything. */
export function isDatabaseKnownReadOnly(): boolean {
  return flags.database === 'read-only';
}

/** By how much the database's clock is ahead of this process's. */
export function noteDatabaseClock(aheadMs: number): void {
  flags.databaseAheadMs = aheadMs;
}

/** The time by the database's clock, which all processes share, in milliseconds. */
export function databaseNow(): number {
  return Date.now() + flags.databaseAheadMs;
}

export function markShuttingDown(): void {
  flags.shuttingDown = true;
}

export function isShuttingDown(): boolean {
  return flags.shuttingDown;
}

/** What every line of the log carries while it holds: for whom or what the process is at work. */
export type LogContext = {
  requestId?: string;
  actorId?: string;
  companyId?: string;
  webhookId?: string;
  loop?: string;
  job?: string;
  jobId?: string;
  /** Of the trace that is sent to a collector (`lib/runtime/tracing`). */
  traceId?: string;
};

/** Made by `logger.ts`: the proxy reads it, and cannot load `node:async_hooks` itself. */
export const logState = remember<{ storage?: AsyncLocalStorage<LogContext> }>('log', () => ({}));

/** The id of the request being served. */
export function currentRequestId(): string | undefined {
  return logState.storage?.getStore()?.requestId;
}

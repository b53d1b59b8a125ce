import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { type LogContext, logState } from './process-state';

function storage(): AsyncLocalStorage<LogContext> {
  logState.storage ??= new AsyncLocalStorage();
  return logState.storage;
}

/** What the next line of the log will carry. */
export function getLogContext(): LogContext | undefined {
  return storage().getStore();
}

/** Runs `work`, whose lines carry `values` too. */
export function withLogContext<T>(values: LogContext, work: () => T): T {
  return storage().run({ ...storage().getStore(), ...values }, work);
}

/** From here to the end of this asynchronous context lines carry `context`, and what is noted in it. */
export function enterLogContext(context: LogContext): void {
  storage().enterWith(context);
}

/** Adds to what the lines of the present request or job carry, once it is known. */
export function noteInLog(values: LogContext): void {
  Object.assign(storage().getStore() ?? {}, values);
}

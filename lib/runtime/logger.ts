import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import pino from 'pino';
import { logLevel } from '@/env';
import { getMetrics } from './process-metrics';
import { type LogContext, logState } from './process-state';

const secretKeys = [
  'password',
  'authorization',
  'cookie',
  'token',
  'redirect',
  'linkUrl',
  'secret',
];

const countedFrom = pino.levels.values.warn ?? 40;

const options: pino.LoggerOptions = {
  level: logLevel(),
  base: undefined,
  redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`]), censor: '[cut]' },
  serializers: { err: describeError },
  mixin: () => ({ ...getLogContext() }),
  hooks: {
    logMethod(args, method, level) {
      if (level >= countedFrom) {
        getMetrics().logLines.inc({ level: pino.levels.labels[level] ?? '' });
      }
      method.apply(this, args);
    },
  },
};

const output = {
  to: pino.destination(1),
  write(line: string) {
    output.to.write(line);
  },
};

/**
 * Structured log on standard output. Every line says for which request, person, company or job it is
 * (`lib/runtime/logger.ts`). Values under keys that may hold a secret are cut out.
 */
export const logger = pino(options, output);

/** The same, to elsewhere. */
export function createLogger(destination: pino.DestinationStream): pino.Logger {
  return pino({ ...options, level: 'trace' }, destination);
}

/** For a command, whose standard output is for people: to standard error, and only what is wrong. */
export function logForCommand(): void {
  output.to = pino.destination(2);
  if (logger.level === 'info') logger.level = 'warn';
}

/** An error for the log: names, codes, stack and causes, without request or response bodies. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: withoutSecrets(error.message),
    ...(code !== undefined && { code }),
    stack: withoutSecrets(error.stack ?? ''),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

/**
 * Cuts out what a message of an error may carry along: the query of a URL (a Link URL's one-time
 * password) and the parameters of a failed SQL statement (people's data, hashes).
 */
export function withoutSecrets(text: string): string {
  return text
    .replace(/(https?:\/\/[^\s?"'<>]+)\?[^\s"'<>]*/g, '$1?[cut]')
    .replace(/^params: .*$/gm, 'params: [cut]');
}

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

/** From here to the end of this asynchronous context, log lines carry `context` and later additions. */
export function enterLogContext(context: LogContext): void {
  storage().enterWith(context);
}

/** Adds to the log lines of the current request or job, once it is known. */
export function noteInLog(values: LogContext): void {
  Object.assign(storage().getStore() ?? {}, values);
}

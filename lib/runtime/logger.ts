import 'server-only';
import pino from 'pino';
import { logLevel } from '@/env';
import { getLogContext } from './log-context';
import { getMetrics } from './process-metrics';

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

/**
 * Structured log on standard output. Every line says for which request, person, company or job it is
 * (`lib/runtime/log-context.ts`). Values under keys that may hold a secret are cut out.
 */
export const logger = createLogger();

/** The same, to elsewhere. */
export function createLogger(destination?: pino.DestinationStream): pino.Logger {
  return destination ? pino({ ...options, level: 'trace' }, destination) : pino(options);
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

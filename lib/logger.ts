import 'server-only';
import pino from 'pino';
import { logLevel } from './env';

const secretKeys = [
  'password',
  'authorization',
  'cookie',
  'token',
  'redirect',
  'linkUrl',
  'secret',
];

/** Structured log on standard output. Values under keys that may hold a secret are cut out. */
export const logger = pino({
  level: logLevel(),
  base: undefined,
  redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`]), censor: '[cut]' },
  serializers: { err: describeError },
});

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

import 'server-only';
import { z } from 'zod';
import { getEnv } from '@/lib/env';
import { logger } from '@/lib/logger';
import { parseStorableJson } from '@/lib/storable-text';
import { Circuit } from './circuit';
import { CodatError } from './errors';
import { noteQuota } from './quota';

const timeoutMs = 8000;
const maxBodyBytes = 16 * 1024 * 1024;
const circuit = new Circuit();

export type CodatCall = {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Path with already encoded segments, e.g. `/companies/…`. */
  path: string;
  query?: Record<string, string | number>;
  body?: unknown;
  idempotencyKey?: string;
};

const errorBody = z.object({
  error: z.string().nullish().catch(null),
  correlationId: z.string().nullish().catch(null),
});

/**
 * One call to Codat's API: at most 8 s including the body, no redirects, no retries. The API key
 * goes as `Basic base64(key)`, Codat's own form of it.
 * @returns the parsed JSON, or null for an empty body.
 * @throws CodatError
 */
export async function callCodat(call: CodatCall): Promise<unknown> {
  const env = getEnv();
  const url = new URL(env.CODAT_API_URL + call.path);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    url.searchParams.set(name, String(value));
  }
  circuit.enter();
  const startedAt = performance.now();
  const answer = await send(url, call, env.CODAT_API_KEY).catch((cause: unknown) => {
    circuit.fail();
    if (cause instanceof CodatError) throw cause;
    throw new CodatError('unreachable', `${call.method} ${url.pathname}: no answer`, { cause });
  });
  const durationMs = Math.round(performance.now() - startedAt);
  logger.debug(
    { method: call.method, path: url.pathname, status: answer.status, durationMs },
    'codat',
  );
  if (answer.status >= 500) circuit.fail();
  else circuit.succeed();
  if (!answer.ok) throw statusError(call, url, answer);
  if (answer.text === '') return null;
  try {
    return parseStorableJson(answer.text);
  } catch (cause) {
    throw new CodatError('malformed', `${call.method} ${url.pathname}: not JSON`, {
      status: answer.status,
      cause,
    });
  }
}

/** Makes a read once more when the first try got no answer or a 5xx. Never for a call with effect. */
export async function readCodat(call: Omit<CodatCall, 'method'>): Promise<unknown> {
  const read = () => callCodat({ ...call, method: 'GET' });
  const startedAt = performance.now();
  return read().catch((error: unknown) => {
    const fast = performance.now() - startedAt < 3000;
    const worthIt =
      error instanceof CodatError &&
      (error.kind === 'unreachable' || (error.status !== null && error.status >= 500));
    if (fast && worthIt) return read();
    throw error;
  });
}

type Answer = { ok: boolean; status: number; text: string; retryAfter: string | null };

async function send(url: URL, call: CodatCall, apiKey: string): Promise<Answer> {
  const response = await fetch(url, {
    method: call.method,
    headers: {
      accept: 'application/json',
      authorization: `Basic ${Buffer.from(apiKey).toString('base64')}`,
      ...(call.body !== undefined && { 'content-type': 'application/json' }),
      ...(call.idempotencyKey && { 'idempotency-key': call.idempotencyKey }),
    },
    body: call.body === undefined ? undefined : JSON.stringify(call.body),
    redirect: 'error',
    cache: 'no-store',
    signal: AbortSignal.timeout(timeoutMs),
  });
  noteQuota(response.headers);
  return {
    ok: response.ok,
    status: response.status,
    text: await readText(response),
    retryAfter: response.headers.get('retry-after'),
  };
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) throw new CodatError('malformed', 'answer too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function statusError(call: CodatCall, url: URL, answer: Answer): CodatError {
  const body = errorBody.safeParse(parseOrNull(answer.text)).data;
  return new CodatError(
    'status',
    `${call.method} ${url.pathname}: ${answer.status} ${body?.error ?? ''}`.trim(),
    {
      status: answer.status,
      retryAfterMs: retryAfterMs(answer.retryAfter),
      correlationId: body?.correlationId ?? null,
    },
  );
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `Retry-After` in milliseconds from now; seconds or an HTTP date. Null when absent or unreadable. */
export function retryAfterMs(header: string | null, now = Date.now()): number | null {
  if (!header) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const time = Date.parse(header);
  return Number.isNaN(time) ? null : Math.max(0, time - now);
}

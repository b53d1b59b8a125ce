import 'server-only';
import type { Db } from '@/db/client';
import { getEnv } from '@/env';
import { z } from '@/lib/zod';
import { CodatError } from './errors';
import { retryAfterMs } from './quota';

const maxBodyBytes = 16 * 1024 * 1024;

export type CodatCall = {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Path with already encoded segments, e.g. `/companies/…`. */
  path: string;
  query?: Record<string, string | number>;
  body?: unknown;
  idempotencyKey?: string;
  /** The answer may be a plain text. */
  isText?: boolean;
};

/**
 * How urgent a call is. `person`: someone waits for the answer. `setup`: a company is to be created.
 * `read`: one company, in the background. `sweep`: everything, and what runs by the clock.
 */
export type CallPriority = 'person' | 'setup' | 'read' | 'sweep';

/** Who asks the gate: how urgently, and in which database. Without one, every call passes. */
export type Asker = { priority: CallPriority; db: Db | null };

/** Where Codat's API is, the key to it, and on whose behalf it is called. */
export type CodatAccess = { apiUrl: string; apiKey: string; asker: Asker };

/** By this process's own environment. */
export function ownAccess(): Omit<CodatAccess, 'asker'> {
  const { CODAT_API_URL, CODAT_API_KEY } = getEnv();
  return { apiUrl: CODAT_API_URL, apiKey: CODAT_API_KEY };
}

export type CodatAnswer = { ok: boolean; status: number; text: string; headers: Headers };

/** The full URL of a call. */
export function urlOf(access: Pick<CodatAccess, 'apiUrl'>, call: CodatCall): URL {
  const url = new URL(access.apiUrl + call.path);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    url.searchParams.set(name, String(value));
  }
  return url;
}

/**
 * Makes one call to Codat's API, without redirects, retries or a circuit. The API key goes as
 * `Basic base64(key)`, Codat's own form of it.
 * @param timeoutMs from the start to the last byte of the body.
 * @returns the answer, whatever its status. @throws CodatError `unreachable` or `malformed`
 */
export async function sendToCodat(
  access: Omit<CodatAccess, 'asker'>,
  call: CodatCall,
  timeoutMs: number,
): Promise<CodatAnswer> {
  const url = urlOf(access, call);
  try {
    const response = await fetch(url, {
      method: call.method,
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(access.apiKey).toString('base64')}`,
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
        ...(call.idempotencyKey && { 'idempotency-key': call.idempotencyKey }),
      },
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { ok, status, headers } = response;
    return { ok, status, headers, text: await readText(response) };
  } catch (cause) {
    if (cause instanceof CodatError) throw cause;
    throw new CodatError('unreachable', `${call.method} ${url.pathname}: no answer`, { cause });
  }
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

const errorBody = z.object({
  error: z.string().nullish().catch(null),
  correlationId: z.string().nullish().catch(null),
  validation: z
    .object({ errors: z.array(z.unknown()) })
    .nullish()
    .catch(null),
});
const validationItem = z.object({ message: z.string().min(1) });

/** What an answer that is not 2xx means, as an error. */
export function statusError(call: CodatCall, answer: CodatAnswer): CodatError {
  const body = errorBody.safeParse(parseOrNull(answer.text)).data;
  return new CodatError(
    'status',
    `${call.method} ${call.path}: ${answer.status} ${body?.error ?? ''}`.trim(),
    {
      status: answer.status,
      retryAfterMs: retryAfterMs(answer.headers),
      correlationId: body?.correlationId ?? null,
      said: body?.error ?? null,
      reasons: (body?.validation?.errors ?? [])
        .map((item) => validationItem.safeParse(item).data?.message)
        .filter((message) => message !== undefined),
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

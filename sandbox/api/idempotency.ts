import { createHash } from 'node:crypto';
import { ApiError } from '@/sandbox/errors/api-error';
import type { World } from '@/sandbox/world';

const KEPT_MS = 90 * 60 * 1000;

/** In front of the layer that records answers, so the key stays free after one of these. */
const NOT_RECORDED = [401, 403, 429];

interface Recorded {
  fingerprint: string;
  status: number;
  content_type: string | null;
  body: string;
}

function toResponse({ status, content_type: contentType, body }: Recorded): Response {
  const hasBody = status !== 204 && (body !== '' || contentType !== null);
  return new Response(hasBody ? body : null, {
    status,
    headers: contentType ? { 'Content-Type': contentType } : {},
  });
}

/** Identifies what a key was used for. */
export function fingerprintOf(method: string, path: string, body: string): string {
  return createHash('sha256').update(`${method} ${path}\n${body}`).digest('hex');
}

/** Keys being worked on right now, with what for; lost with the process, as are the requests. */
export type KeysInProgress = Map<string, string>;

/**
 * The recorded answer for this key, or null when it is free. Throws 422 when it was used for
 * something else and 409 while its first request is still being answered.
 */
export function findRecorded(
  world: World,
  inProgress: KeysInProgress,
  key: string,
  fingerprint: string,
): Response | null {
  const recorded = world.store.get<Recorded>(
    'SELECT fingerprint, status, content_type, body FROM idempotency WHERE key = ? AND expires_at > ?',
    key,
    world.now(),
  );
  const usedFor = recorded?.fingerprint ?? inProgress.get(key);
  if (usedFor !== undefined && usedFor !== fingerprint) {
    throw new ApiError(422, 'The idempotency key was used with another request.');
  }
  if (recorded) return toResponse(recorded);
  if (usedFor !== undefined) {
    throw new ApiError(409, 'A request with this idempotency key is in progress.');
  }
  return null;
}

/** Records the first answer for 90 minutes, 4xx and 5xx included. */
export async function recordAnswer(
  world: World,
  key: string,
  fingerprint: string,
  answer: Response,
): Promise<void> {
  if (NOT_RECORDED.includes(answer.status)) return;
  const body = await answer.clone().text();
  world.store.run(
    `INSERT INTO idempotency (key, fingerprint, status, content_type, body, expires_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6)
     ON CONFLICT (key) DO UPDATE SET fingerprint = ?2, status = ?3, content_type = ?4, body = ?5,
       expires_at = ?6`,
    key,
    fingerprint,
    answer.status,
    answer.headers.get('content-type'),
    body,
    world.now() + KEPT_MS,
  );
  world.store.run('DELETE FROM idempotency WHERE expires_at <= ?', world.now());
}

import 'server-only';
import { createHash, randomBytes } from 'node:crypto';

/** A new random `state` to go along to Link. What is stored of it is `hashState`. */
export function newState(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a `state`: its SHA-256. */
export function hashState(state: string): string {
  return createHash('sha256').update(state).digest('base64url');
}

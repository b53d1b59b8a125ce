import 'server-only';
import { createHash, randomBytes } from 'node:crypto';

const path = '/link/return';
const parameters = [
  'companyId',
  'connectionId',
  'platform',
  'statusCode',
  'errorMessage',
  'state',
] as const;

/** The Redirect URL that Codat must have, with its placeholders. `state` is the portal's own. */
export function redirectUrl(appUrl: string): string {
  return `${appUrl}${path}?${parameters.map((name) => `${name}={${name}}`).join('&')}`;
}

/**
 * What a Redirect URL lacks: null when it leads elsewhere, otherwise the names of the parameters
 * that are missing or have another placeholder. Order and further parameters do not matter.
 */
export function missingParameters(configured: string, appUrl: string): string[] | null {
  if (!URL.canParse(configured)) return null;
  const url = new URL(configured);
  if (url.origin + url.pathname !== appUrl + path) return null;
  return parameters.filter((name) => url.searchParams.get(name) !== `{${name}}`);
}

/** A new random `state` to go along to Link. What is stored of it is `hashState`. */
export function newState(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a `state`: its SHA-256. */
export function hashState(state: string): string {
  return createHash('sha256').update(state).digest('base64url');
}

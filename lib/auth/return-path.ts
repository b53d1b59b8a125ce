/**
 * A path on our own site to go to after signing in; `fallback` for anything else. Refuses other
 * origins however they are written (`//host`, `/\host`, control characters).
 */
export function safeReturnPath(candidate: string | undefined, fallback: string): string {
  if (!candidate?.startsWith('/') || /[\\\p{Cc}]/u.test(candidate)) return fallback;
  const base = 'http://portal.invalid';
  const url = URL.canParse(candidate, base) ? new URL(candidate, base) : null;
  // A path such as `/.//host` becomes `//host` once it is normalized.
  if (!url || url.origin !== base || url.pathname.startsWith('//')) return fallback;
  return `${url.pathname}${url.search}`;
}

/** A URL of our own site as a path of it; anything else as it is, for `safeReturnPath` to refuse. */
export function withoutOrigin(url: string, origin: string): string {
  return url.startsWith(`${origin}/`) ? url.slice(origin.length) : url;
}

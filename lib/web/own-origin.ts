const thisMachine = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether a form was sent by a page of this portal. Next.js compares `Origin` with the `Host` or
 * `X-Forwarded-Host` of the same request, which its sender can choose; this compares it with APP_URL.
 * Browsers send the origin with every POST, so a POST without one isn't from a browser.
 */
export function isOwnOrigin(origin: string | null, fetchSite: string | null, appUrl: string) {
  if (fetchSite === 'cross-site') return false;
  if (origin === null) return true;
  if (!URL.canParse(origin)) return false;
  const [sent, own] = [new URL(origin), new URL(appUrl)];
  if (sent.origin === own.origin) return true;
  // One machine has several names; what listens there is still the same.
  const isHere = [sent, own].every(({ hostname }) => thisMachine.includes(hostname));
  return isHere && sent.protocol === own.protocol && sent.port === own.port;
}

import type { Step } from '@/lib/runtime/http';

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

/**
 * Next.js refuses every form, with a bare 500, where the proxy in front has put a `Host` of its own in
 * place of the one in the browser's address. It is told the browser's where that is APP_URL's, and
 * where the browser itself vouches that page and form are of one site: our own check then answers, in
 * words.
 */
export function tellHost(appUrl: string): Step {
  return ({ request: { headers } }) => {
    const { origin } = headers;
    const site = headers['sec-fetch-site'];
    if (!origin || !URL.canParse(origin)) return;
    const fetchSite = typeof site === 'string' ? site : null;
    if (fetchSite !== 'same-origin' && !isOwnOrigin(origin, fetchSite, appUrl)) return;
    headers['x-forwarded-host'] = new URL(origin).host;
  };
}

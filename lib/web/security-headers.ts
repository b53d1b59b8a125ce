import type { Env } from '@/env';

/** Pages whose forms hand a person over to Hosted Link. */
const handOffPaths = /^\/(connect|connections|link)(\/|$)/;

/**
 * The Content-Security-Policy of a page. `form-action` covers every hop of the redirects that follow
 * a form post, and those of a hand-off cross Link and the platform's own sign-in.
 */
export function contentSecurityPolicy(
  nonce: string,
  pathname: string,
  env: Pick<Env, 'APP_URL' | 'CODAT_LINK_ORIGINS' | 'PORTAL_MODE'>,
): string {
  const dev = env.PORTAL_MODE === 'dev';
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    `form-action 'self'${handOffPaths.test(pathname) ? handOffTargets(env) : ''}`,
  ];
  if (env.APP_URL.startsWith('https:')) directives.push('upgrade-insecure-requests');
  return directives.join('; ');
}

/** Any https page, and where Link itself is plain http (a local Codat) that host on any port. */
function handOffTargets(env: Pick<Env, 'CODAT_LINK_ORIGINS'>): string {
  const plain = env.CODAT_LINK_ORIGINS.map((origin) => new URL(origin))
    .filter(({ protocol }) => protocol === 'http:')
    .map(({ hostname }) => `http://${hostname}:*`);
  return ['', 'https:', ...new Set(plain)].join(' ');
}

/** Headers that every answer carries, whatever it is. */
export const fixedHeaders: Record<string, string> = {
  'X-Content-Type-Options': 'nosniff',
  // `no-referrer` would send forms without an origin, which server actions refuse.
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=(), browsing-topics=()',
};

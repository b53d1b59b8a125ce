import { type NextRequest, NextResponse } from 'next/server';
import { getEnv } from './env';
import {
  currentRequestId,
  isDatabaseKnownAway,
  isDatabaseKnownReadOnly,
} from './lib/runtime/process-state';
import { contentSecurityPolicy, fixedHeaders } from './lib/web/security-headers';
import { unavailablePage } from './lib/web/unavailable';

/**
 * Gives every request an id and every page its nonce and headers. It decides nothing about who may
 * do what: that is the data layer's, which holds with or without it.
 */
export function proxy(request: NextRequest): Response {
  const env = getEnv();
  const isApi = request.nextUrl.pathname.startsWith('/api/');
  // Pages can be read without writing, except the one that people come back to from Link.
  const writes = request.nextUrl.pathname === '/link/return';
  const unavailable = isDatabaseKnownAway() || (isDatabaseKnownReadOnly() && writes);
  if (unavailable && !isApi) return unavailablePage(env.BRAND_NAME, request);
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy(nonce, request.nextUrl.pathname, env);

  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // Each request has one from the moment it reached this process, whatever its sender says.
  const requestId = currentRequestId() ?? crypto.randomUUID();
  headers.set('x-request-id', requestId);
  headers.set('content-security-policy', policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-request-id', requestId);
  for (const [name, value] of Object.entries(fixedHeaders)) response.headers.set(name, value);
  if (env.APP_URL.startsWith('https:')) {
    response.headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
  }
  return response;
}

export const config = {
  // Webhooks are left out: the proxy would buffer bodies that the route refuses unread.
  matcher: [
    '/((?!api/webhooks|api/platforms|_next/static|_next/image|favicon.ico|icon.svg|apple-icon.png).*)',
  ],
};

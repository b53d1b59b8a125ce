import 'server-only';
import { decode, encode } from 'next-auth/jwt';
import { getEnv } from '@/env';

/** A session lives this long from its start. */
export const sessionMaxAgeSeconds = 14 * 24 * 60 * 60;

/**
 * The session cookie. On https it has the `__Host-` prefix (secure, this host only); on plain http
 * the port is in its name, because cookies do not know ports and several copies run side by side.
 */
export function sessionCookie() {
  const url = new URL(getEnv().APP_URL);
  const secure = url.protocol === 'https:';
  return {
    name: secure ? '__Host-portal-session' : `portal-session-${url.port || '80'}`,
    options: {
      httpOnly: true,
      secure,
      // Lax: a person comes back from codat.io by a cross-site redirect.
      sameSite: 'lax' as const,
      path: '/',
      maxAge: sessionMaxAgeSeconds,
    },
  };
}

/** One of the short-lived cookies that next-auth keeps on the way to a provider and back. */
export function passingCookie(what: string, maxAgeSeconds: number) {
  const { name, options } = sessionCookie();
  return {
    name: name.replace('portal-session', `portal-${what}`),
    options: { ...options, maxAge: maxAgeSeconds },
  };
}

/** Seals a session id as a next-auth token, with the newest secret. */
export function sealSession(sessionId: string, userId: string): Promise<string> {
  const [secret = ''] = getEnv().AUTH_SECRET;
  return encode({ token: { sub: userId, sid: sessionId }, secret, maxAge: sessionMaxAgeSeconds });
}

/** The session id in a sealed cookie, tried against every secret in rotation; null if none fits. */
export async function openSession(sealed: string): Promise<string | null> {
  for (const secret of getEnv().AUTH_SECRET) {
    const token = await decode({ token: sealed, secret }).catch(() => null);
    if (typeof token?.sid === 'string') return token.sid;
  }
  return null;
}

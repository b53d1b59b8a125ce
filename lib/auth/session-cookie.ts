import 'server-only';
import { cookies } from 'next/headers';
import { sealSession, sessionCookie } from './cookie';
import type { NewSession } from './sign-in';

/** Hands the browser the cookie of a session. Only within an action or a route handler. */
export async function setSessionCookie(session: NewSession): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, await sealSession(session.sessionId, session.userId), options);
}

/** Takes the session cookie back. */
export async function clearSessionCookie(): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}

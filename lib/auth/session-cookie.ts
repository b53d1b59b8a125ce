import 'server-only';
import { cookies } from 'next/headers';
import { sealSession, sessionCookie } from './cookie';
import { type Device, deviceCookie, openDevice, rememberAccount, sealDevice } from './device';
import type { NewSession } from './sign-in';

/**
 * Hands the browser the cookie of a session, and remembers the device as one of this person's. Only
 * within an action or a route handler.
 */
export async function setSessionCookie(session: NewSession): Promise<void> {
  const jar = await cookies();
  const own = sessionCookie();
  jar.set(own.name, await sealSession(session.sessionId, session.userId), own.options);
  const { name, options } = deviceCookie();
  const device = rememberAccount(await readDevice(), session.userId);
  jar.set(name, await sealDevice(device), options);
}

/** The browser that sends this request, if someone has signed in on it before. */
export async function readDevice(): Promise<Device | null> {
  return openDevice((await cookies()).get(deviceCookie().name)?.value);
}

/** Takes the session cookie back. */
export async function clearSessionCookie(): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}

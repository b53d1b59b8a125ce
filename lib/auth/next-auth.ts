import 'server-only';
import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { getDb } from '@/db/client';
import { getEnv } from '@/lib/env';
import { openSession, sessionCookie, sessionMaxAgeSeconds } from './cookie';
import { loadActor } from './load-actor';
import { endSession } from './sign-in';

type Context = { params: Promise<{ nextauth: string[] }> };

/**
 * next-auth's own routes. Passwords are checked by our sign-in action, which writes the same cookie;
 * providers for OpenID Connect belong here. The JSON session names no more than the person.
 */
export function handleAuth(request: NextRequest, context: Context) {
  const env = getEnv();
  const cookie = sessionCookie();
  return NextAuth(request, context, {
    providers: [],
    secret: env.AUTH_SECRET[0],
    session: { strategy: 'jwt', maxAge: sessionMaxAgeSeconds },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    cookies: { sessionToken: { name: cookie.name, options: cookie.options } },
    callbacks: {
      async session({ session, token }) {
        const actor = typeof token.sid === 'string' ? await loadActor(getDb(), token.sid) : null;
        return {
          expires: session.expires,
          user: actor ? { name: actor.name, email: actor.email } : {},
        };
      },
    },
    events: {
      async signOut({ token }) {
        const actor = typeof token.sid === 'string' ? await loadActor(getDb(), token.sid) : null;
        if (actor) await endSession(actor);
      },
    },
    jwt: {
      decode: async ({ token }) =>
        token ? { sid: (await openSession(token)) ?? undefined } : null,
    },
  });
}

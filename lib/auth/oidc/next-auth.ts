import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import type { AuthOptions } from 'next-auth';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { getDb } from '@/db/client';
import { getEnv } from '@/env';
import {
  openSession,
  passingCookie,
  sealSession,
  sessionCookie,
  sessionMaxAgeSeconds,
} from '@/lib/auth/cookie';
import { loadActor } from '@/lib/auth/load-actor';
import { safeReturnPath, withoutOrigin } from '@/lib/auth/return-path';
import { endSession, type NewSession } from '@/lib/auth/sign-in';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/runtime/logger';
import { readRequestContext } from '@/lib/runtime/request-context';
import { askNextAuth, readAuthRequest } from './next-auth-request';
import { getProvider, type Provider } from './provider';
import { signInWithProvider } from './provider-sign-in';

type Claims = Record<string, unknown> & { sub: string };

/** A person at the provider has this long to sign in there. */
const wayMaxAgeSeconds = 15 * 60;

/**
 * next-auth's own routes: the way back from the identity provider, and signing out. Passwords are
 * checked by our sign-in action, which writes the same cookie. The JSON session names no more than
 * the person.
 */
export async function handleAuth(request: Request, path: string[]): Promise<Response> {
  return askNextAuth(await readAuthRequest(request, path), authOptions(request));
}

/**
 * Sends a person to the identity provider. next-auth wants a post with a token against forgery; the
 * route that calls this has made sure of where the request comes from, and the pair is made here.
 */
export async function startProviderSignIn(request: Request, returnTo: string): Promise<Response> {
  const options = authOptions(request);
  const csrfToken = randomBytes(32).toString('hex');
  const proof = createHash('sha256').update(`${csrfToken}${options.secret}`).digest('hex');
  const { cookies, headers } = await readAuthRequest(new Request(request.url, request), []);
  return askNextAuth(
    {
      method: 'POST',
      path: ['signin', 'oidc'],
      query: {},
      cookies: { ...cookies, [csrfCookie().name]: `${csrfToken}|${proof}` },
      headers,
      body: { csrfToken, callbackUrl: returnTo },
    },
    options,
  );
}

const csrfCookie = () => passingCookie('csrf', wayMaxAgeSeconds);

function authOptions(request: Request): AuthOptions {
  const provider = getProvider();
  let session: NewSession | null = null;
  return {
    providers: provider ? [providerConfig(provider)] : [],
    secret: getEnv().AUTH_SECRET[0] ?? '',
    session: { strategy: 'jwt', maxAge: sessionMaxAgeSeconds },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    cookies: {
      sessionToken: sessionCookie(),
      csrfToken: csrfCookie(),
      callbackUrl: passingCookie('return', wayMaxAgeSeconds),
      state: passingCookie('state', wayMaxAgeSeconds),
      pkceCodeVerifier: passingCookie('pkce', wayMaxAgeSeconds),
      nonce: passingCookie('nonce', wayMaxAgeSeconds),
    },
    callbacks: {
      async signIn({ profile }) {
        const problem = await enter(profile as unknown as Claims, request, (started) => {
          session = started;
        });
        return problem ? `/sign-in?error=${problem}` : true;
      },
      jwt: ({ token }) =>
        session
          ? { sub: session.userId, sid: session.sessionId }
          : { sub: token.sub, sid: token.sid },
      redirect({ url, baseUrl }) {
        return baseUrl + safeReturnPath(withoutOrigin(url, baseUrl), '/connections');
      },
      async session({ session: shown, token }) {
        const actor = typeof token.sid === 'string' ? await loadActor(getDb(), token.sid) : null;
        const user = actor ? { name: actor.name, email: actor.email } : {};
        return { expires: shown.expires, user };
      },
    },
    events: {
      async signOut({ token }) {
        const actor = typeof token?.sid === 'string' ? await loadActor(getDb(), token.sid) : null;
        if (actor) await endSession(actor);
      },
    },
    jwt: {
      encode: ({ token }) => sealSession(String(token?.sid), String(token?.sub)),
      decode: async ({ token }) => {
        const sid = token ? await openSession(token) : null;
        const actor = sid ? await loadActor(getDb(), sid) : null;
        return sid && actor ? { sid, sub: actor.userId } : null;
      },
    },
    logger: {
      // Only codes: the details can contain tokens and profiles.
      error: (code, details) =>
        logger.warn({ code, reason: reasonOf(details) }, 'signing in through a provider failed'),
      warn: () => {},
      debug: () => {},
    },
  };
}

/** Starts a session for these claims. @returns the key of what is in the way, or null. */
async function enter(
  claims: Claims,
  request: Request,
  started: (session: NewSession) => void,
): Promise<string | null> {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  try {
    const identity = {
      issuer: String(claims.iss),
      subject: claims.sub,
      email: text(claims.email),
      emailVerified: claims.email_verified === true,
      name: text(claims.name),
    };
    started(await signInWithProvider(identity, readRequestContext(request.headers)));
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.messageKey;
    logger.error({ err: error }, 'signing in through a provider failed unexpectedly');
    return 'providerFailed';
  }
}

function providerConfig(provider: Provider): OAuthConfig<Claims> {
  return {
    id: 'oidc',
    name: provider.name,
    type: 'oauth',
    wellKnown: `${provider.issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    httpOptions: { timeout: 5000 },
    userinfo: {
      // Providers may keep the address out of the token and tell it when asked. What is signed wins.
      async request({ client, tokens }) {
        // The client's own set, which its types here do not say. Given whole, it holds the answer to
        // the subject that was signed.
        const set = tokens as typeof tokens & { claims: () => Claims };
        const signed = set.claims();
        const ask = client.issuer.metadata.userinfo_endpoint && signed.email === undefined;
        return { ...(ask ? await client.userinfo(set as never) : {}), ...signed };
      },
    },
    profile: (claims) => ({ id: claims.sub }),
  };
}

function reasonOf(details: unknown): string | undefined {
  const error = details instanceof Error ? details : (details as { error?: unknown })?.error;
  return error instanceof Error ? error.message : undefined;
}

import 'server-only';
import type { NextApiRequest, NextApiResponse } from 'next';
import NextAuth, { type AuthOptions } from 'next-auth';

/** A request in the parts that next-auth reads. */
export type AuthRequest = {
  method: string;
  /** Path below `/api/auth/`. */
  path: string[];
  query: Record<string, string>;
  cookies: Record<string, string>;
  headers: Record<string, string>;
  body?: Record<string, string>;
};

/**
 * Answers a request through next-auth. Its own interface for route handlers only reads cookies from
 * Next's store; this one takes them as given, so it can also act on someone's behalf.
 */
export async function askNextAuth(request: AuthRequest, options: AuthOptions): Promise<Response> {
  const headers = new Headers({ 'cache-control': 'private, no-store' });
  let status = 200;
  let body: unknown;
  const answer = {
    status(code: number) {
      status = code;
      return answer;
    },
    getHeader: (name: string) =>
      name === 'Set-Cookie' ? headers.getSetCookie() : headers.get(name),
    setHeader(name: string, value: string | string[]) {
      headers.delete(name);
      for (const one of [value].flat()) headers.append(name, one);
      return answer;
    },
    json(value: unknown) {
      headers.set('content-type', 'application/json');
      body = value;
    },
    send(value: unknown) {
      body = value;
    },
    end() {},
  };
  const { path, ...rest } = request;
  const asked = { ...rest, query: { ...request.query, nextauth: path } };
  // Next's types want a whole Node request and response; next-auth uses these parts of them.
  await NextAuth(asked as unknown as NextApiRequest, answer as unknown as NextApiResponse, options);
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return new Response(text ?? null, { status, headers });
}

/** The same parts of a web request. */
export async function readAuthRequest(request: Request, path: string[]): Promise<AuthRequest> {
  return {
    method: request.method,
    path,
    query: Object.fromEntries(new URL(request.url).searchParams),
    cookies: parseCookies(request.headers.get('cookie') ?? ''),
    headers: Object.fromEntries(request.headers),
    ...(request.method === 'POST' && { body: await readBody(request) }),
  };
}

function parseCookies(header: string): Record<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim().split('='));
  return Object.fromEntries(
    pairs.map(([name = '', ...value]) => [name, decode(value.join('='))] as const),
  );
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

async function readBody(request: Request): Promise<Record<string, string>> {
  const text = await request.text();
  if (!request.headers.get('content-type')?.includes('application/json')) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === 'object' ? (value as Record<string, string>) : {};
  } catch {
    return {};
  }
}

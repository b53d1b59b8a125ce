import 'server-only';
import { headers } from 'next/headers';
import { getEnv } from './env';

/** Where a request came from, as far as it can be trusted. */
export type RequestContext = {
  requestId: string;
  /** The client's address as the outermost trusted proxy saw it; null when no proxy is trusted. */
  ipAddress: string | null;
  userAgent: string | null;
};

/** The client's address: with `hops` trusted proxies, the entry that the outermost of them added. */
export function clientAddress(forwardedFor: string | null, hops: number): string | null {
  if (hops === 0 || !forwardedFor) return null;
  const chain = forwardedFor.split(',').map((entry) => entry.trim());
  return chain.at(-hops) ?? null;
}

/** Context of the request being served. */
export async function getRequestContext(): Promise<RequestContext> {
  const all = await headers();
  return {
    requestId: all.get('x-request-id') ?? crypto.randomUUID(),
    ipAddress: clientAddress(all.get('x-forwarded-for'), getEnv().TRUSTED_PROXY_HOPS),
    userAgent: all.get('user-agent')?.slice(0, 300) ?? null,
  };
}

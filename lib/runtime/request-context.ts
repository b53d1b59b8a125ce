import 'server-only';
import { headers } from 'next/headers';
import { getEnv } from '@/env';
import { parseAddress, publicAddress } from '@/lib/runtime/ip-address';
import { peerHeader } from '@/lib/runtime/peer-address';

/** Where a request came from, as far as it can be trusted. */
export type RequestContext = {
  requestId: string;
  /** The client's address as the outermost trusted proxy saw it; null when it cannot be known. */
  ipAddress: string | null;
  userAgent: string | null;
};

/**
 * The client's address: with `hops` trusted proxies, the entry that the outermost of them added;
 * with none, the other end of the connection, unless that is a private address and so a proxy that
 * we were not told about. Null for an entry that is no address.
 */
export function clientAddress(
  forwardedFor: string | null,
  hops: number,
  peer: string | null = null,
): string | null {
  if (hops === 0) return publicAddress(peer);
  if (!forwardedFor) return null;
  return parseAddress(forwardedFor.split(',').at(-hops));
}

/** Context of the request being served. */
export async function getRequestContext(): Promise<RequestContext> {
  return readRequestContext(await headers());
}

/** The same from the headers of a request at hand. */
export function readRequestContext(all: Pick<Headers, 'get'>): RequestContext {
  const hops = getEnv().TRUSTED_PROXY_HOPS;
  return {
    requestId: all.get('x-request-id') ?? crypto.randomUUID(),
    ipAddress: clientAddress(all.get('x-forwarded-for'), hops, all.get(peerHeader)),
    userAgent: all.get('user-agent')?.slice(0, 300) ?? null,
  };
}

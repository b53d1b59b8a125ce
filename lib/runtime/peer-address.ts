import 'server-only';
import { BlockList, isIP } from 'node:net';
import type { Step } from './http';

/** Names the other end of the connection. Whatever a client sends under this name is replaced. */
export const peerHeader = 'x-portal-peer';

/** Makes a request carry its peer's address: Next.js hands only headers to pages and actions. */
export const markPeer: Step = ({ request }) => {
  request.headers[peerHeader] = request.socket.remoteAddress ?? '';
};

const inside = new BlockList();
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  inside.addSubnet(net, prefix, 'ipv4');
}
inside.addSubnet('fc00::', 7, 'ipv6');
inside.addSubnet('fe80::', 10, 'ipv6');
inside.addAddress('::1', 'ipv6');

/** The address if it is one of the internet's own; null for a private one, which names a proxy. */
export function publicAddress(address: string | null): string | null {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, '').split('%')[0] ?? '';
  const version = isIP(plain);
  if (version === 0) return null;
  return inside.check(plain, version === 4 ? 'ipv4' : 'ipv6') ? null : plain;
}

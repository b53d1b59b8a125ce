import 'server-only';
import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * The address in an entry as proxies write it, in its one canonical form: with a port
 * (`203.0.113.7:4711`, `[2001:db8::5]:443`), in brackets or quotes, with a zone, IPv4 within IPv6.
 * Null for what is no address: a name, `unknown`, an empty entry.
 */
export function parseAddress(entry: string | null | undefined): string | null {
  const text = entry?.trim().replace(/^"(.*)"$/, '$1') ?? '';
  const bare =
    /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const plain = bare.replace(/%.*$/, '');
  const version = isIP(plain);
  if (version === 0) return null;
  if (version === 4) return plain;
  const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(canonical) ?? [];
  return high && low ? [high, low].flatMap(twoBytes).join('.') : canonical;
}

function twoBytes(group: string): number[] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
}

/** What one household or server holds, for throttles: of IPv6 the /64, of IPv4 the address. */
export function networkOf(entry: string): string {
  const address = parseAddress(entry) ?? entry;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = tail?.split(':').filter(Boolean) ?? [];
  const gap = tail === undefined ? 0 : 8 - groups.length - rest.length;
  return [...groups, ...Array<string>(gap).fill('0'), ...rest].slice(0, 4).join(':');
}

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
export function publicAddress(entry: string | null): string | null {
  const address = parseAddress(entry);
  if (address === null) return null;
  return inside.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') ? null : address;
}

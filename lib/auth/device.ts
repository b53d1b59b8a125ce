import 'server-only';
import { decode, encode } from 'next-auth/jwt';
import { getEnv } from '@/env';
import { sessionCookie } from './cookie';

/** A browser, and the accounts that have signed in on it. It lets no one in. */
export type Device = { id: string; userIds: string[] };

/** A device is remembered this long from its last sign-in. */
const deviceMaxAgeSeconds = 400 * 24 * 60 * 60;
const mostAccounts = 10;
/** Keeps this cookie and that of a session from being taken for each other. */
const salt = 'device';

export function deviceCookie() {
  const { name, options } = sessionCookie();
  return {
    name: name.replace('portal-session', 'portal-device'),
    options: { ...options, maxAge: deviceMaxAgeSeconds },
  };
}

/** The device with this account among those that have signed in on it. */
export function rememberAccount(device: Device | null, userId: string): Device {
  const others = device?.userIds.filter((id) => id !== userId) ?? [];
  return {
    id: device?.id ?? crypto.randomUUID(),
    userIds: [userId, ...others].slice(0, mostAccounts),
  };
}

/** Seals a device as the value of its cookie, with the newest secret. */
export function sealDevice({ id, userIds }: Device): Promise<string> {
  const [secret = ''] = getEnv().AUTH_SECRET;
  return encode({
    token: { did: id, accounts: userIds },
    secret,
    salt,
    maxAge: deviceMaxAgeSeconds,
  });
}

/** The device in a sealed cookie, tried against every secret in rotation; null if none fits. */
export async function openDevice(sealed: string | undefined): Promise<Device | null> {
  if (!sealed) return null;
  for (const secret of getEnv().AUTH_SECRET) {
    const token = await decode({ token: sealed, secret, salt }).catch(() => null);
    if (typeof token?.did !== 'string' || !Array.isArray(token.accounts)) continue;
    return { id: token.did, userIds: token.accounts.filter((id) => typeof id === 'string') };
  }
  return null;
}

/** A device as far as its browser tells; null for what it does not. */
export type DeviceName = { browser: string | null; system: string | null; phone: boolean };

// The first that fits counts: browsers also name those whose pages they want to be given.
const browsers: [RegExp, string][] = [
  [/\b(Edg|EdgA|EdgiOS)\//, 'Edge'],
  [/\b(OPR|OPiOS)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.* Safari\//, 'Safari'],
];

const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
];

/** Browser and system in the words people use, from a User-Agent header. */
export function deviceName(userAgent: string | null): DeviceName {
  const find = (list: [RegExp, string][]) =>
    list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? null;
  const system = find(systems);
  return { browser: find(browsers), system, phone: system === 'iPhone' || system === 'Android' };
}

import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';

const toleranceSeconds = 300;

export type SignedDelivery = {
  id: string | null;
  timestamp: string | null;
  signature: string | null;
  /** The bytes as they arrived. */
  body: Uint8Array;
};

/**
 * Checks a delivery by Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, any `v1` entry under
 * any secret in rotation, and a time stamp of plain digits at most 300 s away, either way.
 * @param keys decoded signing secrets.
 * @param nowSeconds Unix time.
 */
export function isAuthentic(delivery: SignedDelivery, keys: Buffer[], nowSeconds: number): boolean {
  const { id, timestamp, signature, body } = delivery;
  if (!id || !timestamp || !signature || !isValidId(id)) return false;
  if (!/^[0-9]{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowSeconds - Number(timestamp)) > toleranceSeconds) return false;

  const expected = keys.map((key) =>
    createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest(),
  );
  const offered = signature
    .split(' ')
    .filter((entry) => entry.startsWith('v1,'))
    .map((entry) => Buffer.from(entry.slice('v1,'.length), 'base64'));
  return offered.some((given) =>
    expected.some((wanted) => given.length === wanted.length && timingSafeEqual(given, wanted)),
  );
}

/** Ids are stored as text: printable ASCII, at most 255 characters. */
function isValidId(id: string): boolean {
  return /^[\x21-\x7e]{1,255}$/.test(id);
}

import 'server-only';
import { hash, verify } from '@node-rs/argon2';
import { test as isListed } from 'fxa-common-password-list';

/** argon2id with OWASP's first recommendation: 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Hash of a password for storage, in the PHC string format. In Unicode's NFC: one keyboard writes ü
 * as one character, another as two.
 */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), cost);
}

let decoy: Promise<string> | undefined;

/**
 * Whether the password fits the stored hash, as it was typed or in NFC: hashes of before were made
 * as typed. Takes the same time where there is no hash, so that an unknown account looks the same as
 * a known one.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(crypto.randomUUID());
  const other = await decoy;
  let fits = false;
  // Most have one form. Of two, both are tried unless the first fits, known account or not.
  for (const form of new Set([password, password.normalize('NFC')])) {
    fits ||= await verify(stored ?? other, form).catch(() => false);
  }
  return stored !== null && fits;
}

/** Whether a password is on the list of the most common ones, in any mix of upper and lower case. */
export function isCommonPassword(password: string): boolean {
  return isListed(password) || isListed(password.toLowerCase());
}

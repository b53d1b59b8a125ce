import { randomInt } from 'node:crypto';
import { type LinkUrls, plainLinkUrls } from '@/sandbox/records/connection-json';
import type { World } from '@/sandbox/world';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const LENGTH = 6;
const LIFETIME_MS = 24 * 60 * 60 * 1000;

function randomPassword(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

function mint(world: World, companyId: string, connectionId: string | null): string {
  const password = randomPassword();
  const isNew = world.store.run(
    `INSERT OR IGNORE INTO one_time_passwords (otp, company_id, connection_id, expires_at)
     VALUES (?, ?, ?, ?)`,
    password,
    companyId,
    connectionId,
    world.now() + LIFETIME_MS,
  );
  return isNew ? password : mint(world, companyId, connectionId);
}

/** Link URLs for one answer of the API: with one-time links on, each carries a fresh password. */
export function mintingLinkUrls(world: World): LinkUrls {
  const plain = plainLinkUrls(world);
  if (!world.settings.current().oneTimeLinks) return plain;
  world.store.run('DELETE FROM one_time_passwords WHERE expires_at <= ?', world.now());
  return {
    company: (companyId) => `${plain.company(companyId)}?link.otp=${mint(world, companyId, null)}`,
    connection: (companyId, connectionId) =>
      `${plain.connection(companyId, connectionId)}?otp=${mint(world, companyId, connectionId)}`,
  };
}

/** Uses a password up. False: unknown, used, expired, or minted for another URL. */
export function consumePassword(
  world: World,
  password: string,
  companyId: string,
  connectionId: string | null,
): boolean {
  const changed = world.store.run(
    `UPDATE one_time_passwords SET used = 1
     WHERE otp = ? AND company_id = ? AND connection_id IS ? AND used = 0 AND expires_at > ?`,
    password,
    companyId,
    connectionId,
    world.now(),
  );
  return changed === 1;
}

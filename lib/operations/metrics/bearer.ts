import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Whether an `Authorization` header carries one of the tokens. Digests are compared, so that the time
 * it takes tells neither a token nor its length.
 */
export function carriesToken(header: string | null, tokens: string[]): boolean {
  const offered = /^Bearer ([\x21-\x7e]+)$/i.exec(header ?? '')?.[1];
  if (offered === undefined) return false;
  const given = digest(offered);
  return tokens.map((token) => timingSafeEqual(given, digest(token))).includes(true);
}

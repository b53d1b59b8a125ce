import { createHmac } from 'node:crypto';
import type { World } from '@/sandbox/world';

const LIFETIME_SECONDS = 86_400;

/** A company's token for the embedded SDKs: shaped like a JWT, valid a day. Nothing here accepts it. */
export function accessToken({ config, realNow }: World, companyId: string) {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const issuedAt = Math.floor(realNow() / 1000);
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({
    companyId,
    iat: issuedAt,
    exp: issuedAt + LIFETIME_SECONDS,
  })}`;
  const signature = createHmac('sha256', config.apiKey).update(content).digest('base64url');
  return {
    expiresIn: LIFETIME_SECONDS,
    accessToken: `${content}.${signature}`,
    tokenType: 'Bearer',
  };
}

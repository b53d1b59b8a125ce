import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { webhookKey } from '@/env-values';
import { isAuthentic } from './verify';

// Published by Codat with its webhook documentation.
const golden = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: '1614265330',
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const at = Number(golden.timestamp);

function keyOf(secret: string): Buffer {
  const key = webhookKey(secret);
  if (!key) throw new Error('not a secret');
  return key;
}

const keys = [keyOf(golden.secret)];
const otherKey = Buffer.alloc(32, 7);

function delivery(
  overrides: Partial<Record<'id' | 'timestamp' | 'signature', string | null>> = {},
) {
  return {
    id: golden.id,
    timestamp: golden.timestamp,
    signature: golden.signature,
    body: Buffer.from(golden.body),
    ...overrides,
  };
}

describe('isAuthentic', () => {
  it('accepts the golden vector', () => {
    expect(isAuthentic(delivery(), keys, at)).toBe(true);
  });

  it('accepts up to 300 s of difference, either way, and no more', () => {
    for (const [now, wanted] of [
      [at + 300, true],
      [at - 300, true],
      [at + 301, false],
      [at - 301, false],
    ] as const) {
      expect(isAuthentic(delivery(), keys, now)).toBe(wanted);
    }
  });

  it('accepts one right signature among several, and skips other versions', () => {
    const signature = `v1a,AAAA v1,AAAA ${golden.signature}`;
    expect(isAuthentic(delivery({ signature }), keys, at)).toBe(true);
    expect(
      isAuthentic(delivery({ signature: golden.signature.replace('v1,', 'v2,') }), keys, at),
    ).toBe(false);
  });

  it('accepts either secret while they are in rotation', () => {
    expect(isAuthentic(delivery(), [otherKey, ...keys], at)).toBe(true);
    expect(isAuthentic(delivery(), [...keys, otherKey], at)).toBe(true);
    expect(isAuthentic(delivery(), [otherKey], at)).toBe(false);
  });

  it.each([
    ['no id', { id: null }],
    ['another id', { id: 'msg_other' }],
    ['an id with a blank', { id: 'msg p5j' }],
    ['no timestamp', { timestamp: null }],
    ['a timestamp in hexadecimal', { timestamp: '0x6037baf2' }],
    ['a timestamp with a fraction', { timestamp: '1614265330.0' }],
    ['a timestamp with a blank', { timestamp: ' 1614265330' }],
    ['no signature', { signature: null }],
    ['an empty signature', { signature: '' }],
    ['a bare version', { signature: 'v1,' }],
    ['a cut signature', { signature: golden.signature.slice(0, -8) }],
  ])('refuses %s', (_name, overrides) => {
    expect(isAuthentic(delivery(overrides), keys, at)).toBe(false);
  });

  it('checks bytes, not text: a body with byte 0xFF', () => {
    const body = Buffer.from([0x7b, 0xff, 0x7d]);
    const hmac = createHmac('sha256', otherKey).update(`m1.${at}.`).update(body).digest('base64');
    const sent = { id: 'm1', timestamp: String(at), signature: `v1,${hmac}`, body };
    expect(isAuthentic(sent, [otherKey], at)).toBe(true);
    const asText = { ...sent, body: Buffer.from(body.toString('utf8')) };
    expect(isAuthentic(asText, [otherKey], at)).toBe(false);
  });
});

import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { weaknessOf } from './secrets';

describe('weaknessOf', () => {
  it.each([
    ['a'.repeat(40), 'repeated'],
    [Buffer.alloc(32).toString('base64'), 'repeated'],
    [`whsec_${Buffer.alloc(24, 1).toString('base64')}`, 'repeated'],
    ['0f1e2d3c4b5a'.repeat(4), 'repeated'],
    ['changeme-changeme-changeme-changeme', 'repeated'],
    ['please-change-me-secret-password', 'known'],
    ['test-secret-test-secret-test-secret-1', 'repeated'],
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'known'],
    ['local-codat-api-key', 'known'],
    ['hunter2', 'short'],
  ])('says of %s: %s', (secret, weakness) => {
    expect(weaknessOf(secret)).toBe(weakness);
  });

  it('has nothing against what is random, in any of its usual forms', () => {
    for (let round = 0; round < 5000; round += 1) {
      const bytes = randomBytes(32);
      expect(weaknessOf(bytes.toString('base64'))).toBeNull();
      expect(weaknessOf(bytes.toString('hex'))).toBeNull();
      expect(weaknessOf(`whsec_${bytes.subarray(0, 24).toString('base64')}`)).toBeNull();
    }
    expect(weaknessOf(`my-secret-${randomBytes(32).toString('hex')}`)).toBeNull();
  });
});

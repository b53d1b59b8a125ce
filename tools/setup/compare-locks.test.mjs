import { describe, expect, it } from 'vitest';
import { compareLocks } from './compare-locks.mjs';

const linux = { platform: 'linux', arch: 'x64' };
const entry = (version, more) => ({ version, integrity: `sha512-${version}`, ...more });
const compare = (wanted, installed) =>
  compareLocks({ packages: wanted }, { packages: installed }, linux);

describe('comparing the lock with what is installed', () => {
  it('agrees when only packages of other platforms are missing', () => {
    const mac = entry('1.0.0', { optional: true, os: ['darwin'], cpu: ['arm64'] });
    expect(compare({ '': {}, a: entry('1.0.0'), mac }, { a: entry('1.0.0') })).toBeNull();
  });

  it('misses a package of this platform, optional or not', () => {
    const ours = entry('1.0.0', { optional: true, os: ['linux'], cpu: ['x64'] });
    expect(compare({ ours }, {})).toContain('ours is missing');
    expect(compare({ a: entry('1.0.0') }, {})).toContain('a is missing');
  });

  it('sees another version, another content and a package too many', () => {
    const a = entry('1.0.0');
    expect(compare({ a: entry('1.0.1') }, { a })).toContain('instead of 1.0.1');
    expect(compare({ a: { ...a, integrity: 'sha512-other' } }, { a })).not.toBeNull();
    expect(compare({}, { a })).toContain('not in the lock');
  });
});

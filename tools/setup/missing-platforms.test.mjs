import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rootDir } from '../paths.mjs';
import { findMissingPlatforms } from './missing-platforms.mjs';

it('finds what a mirror has left out', () => {
  const packages = {
    'node_modules/tool': {
      version: '1.2.3',
      dev: true,
      optionalDependencies: { '@tool/linux-x64': '1.2.3', '@tool/linux-x64-musl': '1.2.3' },
    },
    'node_modules/@tool/linux-x64': { version: '1.2.3', optional: true },
  };
  expect(findMissingPlatforms({ packages })).toEqual({
    'node_modules/@tool/linux-x64-musl': {
      version: '1.2.3',
      cpu: ['x64'],
      dev: true,
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    },
  });
});

it('finds nothing missing in our own lock (mend it with: node tools/complete-lock.mjs)', () => {
  const lock = JSON.parse(readFileSync(join(rootDir, 'package-lock.json'), 'utf8'));
  expect(Object.keys(findMissingPlatforms(lock))).toEqual([]);
});

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ownIdentity } from './identity.mjs';
import { tryLock } from './lock.mjs';

let folder;
let file;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-test-'));
  file = join(folder, 'a.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is held by one, who is named to the other, until it is released', () => {
  const first = tryLock(file, { what: 'first' });
  expect(tryLock(file).holder).toMatchObject({ pid: process.pid, what: 'first' });
  first.release();
  expect(readdirSync(folder)).toEqual([]);
  expect(tryLock(file).release).toBeTypeOf('function');
});

it('is taken over from a process that is gone, even when its pid lives again', () => {
  const gone = { ...ownIdentity(), started: 'another time' };
  writeFileSync(file, JSON.stringify(gone));
  expect(tryLock(file).release).toBeTypeOf('function');
});

it('is taken over when its holder died while writing it', () => {
  writeFileSync(file, '');
  expect(tryLock(file).release).toBeTypeOf('function');
});

it('is not removed by the release of an earlier holder', () => {
  const { release } = tryLock(file);
  rmSync(file);
  const second = tryLock(file, { what: 'second' });
  release();
  expect(tryLock(file).holder).toMatchObject({ what: 'second' });
  second.release();
});

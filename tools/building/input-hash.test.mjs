import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rootDir } from '../paths.mjs';
import { hashPortalInputs } from './input-hash.mjs';

let root;
const write = (path, text) => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'input-hash-'));
  cpSync(join(rootDir, 'tools/building'), join(root, 'tools/building'), { recursive: true });
  write('app/page.tsx', 'one');
});
afterEach(() => rmSync(root, { recursive: true }));

it('changes with the content and the name of a source', () => {
  const before = hashPortalInputs(root);
  write('app/page.tsx', 'two');
  const edited = hashPortalInputs(root);
  write('lib/new.ts', '');
  expect(new Set([before, edited, hashPortalInputs(root)]).size).toBe(3);
});

it('does not change with tests, the local Codat, or what is no source', () => {
  const before = hashPortalInputs(root);
  write('app/page.test.tsx', 'x');
  write('sandbox/main.ts', 'x');
  write('.env', 'x');
  write('e2e/a.spec.ts', 'x');
  expect(hashPortalInputs(root)).toBe(before);
});

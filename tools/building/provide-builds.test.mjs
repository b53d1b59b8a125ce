import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stampFile } from './next-build.mjs';
import { copyBuild } from './provide-builds.mjs';

let folder;
const at = (...path) => join(folder, ...path);
const make = (name, stamp) => {
  mkdirSync(at(name), { recursive: true });
  writeFileSync(at(name, 'server.js'), stamp);
  writeFileSync(at(name, stampFile), stamp);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'builds-'));
  make('source', 'new');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('replaces the build before it, and all that an interrupted copy left', () => {
  make('target', 'old');
  make('target.draft', 'half');
  writeFileSync(at('target', 'gone.js'), '');
  copyBuild(at('source'), at('target'));
  expect(readdirSync(folder)).toEqual(['source', 'target']);
  expect(readdirSync(at('target')).sort()).toEqual([stampFile, 'server.js'].sort());
  expect(readFileSync(at('target', stampFile), 'utf8')).toBe('new');
});

it('leaves the build of another folder as it is when the source is made again', () => {
  copyBuild(at('source'), at('target'));
  writeFileSync(at('source', 'server.js'), 'newer');
  expect(readFileSync(at('target', 'server.js'), 'utf8')).toBe('new');
});

it('brings no settings along', () => {
  writeFileSync(at('source', '.env'), 'DATABASE_URL=production');
  copyBuild(at('source'), at('target'));
  expect(existsSync(at('target', '.env'))).toBe(false);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rootDir } from '../paths.mjs';

const { packages } = JSON.parse(readFileSync(join(rootDir, 'package-lock.json'), 'utf8'));

// npm may write only the packages of the machine it runs on, and `npm ci` then fails on others.
it('names every optional package, those of other platforms too', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`],
    ),
  );
  expect(missing).toEqual([]);
  expect(packages).toHaveProperty(['node_modules/@esbuild/darwin-arm64', 'cpu'], ['arm64']);
});

it('has a checksum of every package', () => {
  const { '': _root, ...installed } = packages;
  const unchecked = Object.keys(installed).filter(
    (path) => !installed[path].integrity && !installed[path].inBundle,
  );
  expect(unchecked).toEqual([]);
});

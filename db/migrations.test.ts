import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, 'migrations');
/** Made before there was a release that anybody could upgrade from. */
const first = '0006_overview.sql';

it('makes no index that could not have been made by hand before', () => {
  const later = readdirSync(folder).filter((name) => name.endsWith('.sql') && name > first);
  expect(later).not.toEqual([]);
  for (const name of later) {
    const made = readFileSync(join(folder, name), 'utf8').match(/create (unique )?index.*/gi) ?? [];
    expect(made.filter((line) => !/ if not exists /i.test(line))).toEqual([]);
  }
});

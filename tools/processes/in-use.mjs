import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDir } from '../paths.mjs';
import { isAlive, ownIdentity } from './identity.mjs';
import { readHolder } from './lock.mjs';

const folder = join(buildDir, 'in-use');
const mine = { builds: [] };

/** Says that this process runs on `node_modules` (and on `build`), so that no other copy replaces it. */
export function registerUse(what, build) {
  mine.what = what ?? mine.what;
  if (build) mine.builds.push(build);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${process.pid}.json`);
  writeFileSync(file, JSON.stringify({ ...ownIdentity(), ...mine }));
  process.once('exit', () => rmSync(file, { force: true }));
}

/** Every other living process of this checkout: `{pid, what, builds}`. */
export function listOtherUsers() {
  let names;
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
  const users = [];
  for (const name of names) {
    const user = readHolder(join(folder, name));
    if (!user || user.pid === process.pid) continue;
    if (isAlive(user)) users.push(user);
    else rmSync(join(folder, name), { force: true });
  }
  return users;
}

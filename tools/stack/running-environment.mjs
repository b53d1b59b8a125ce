import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSetting } from '../building/portal-variables.mjs';
import { isAlive } from '../processes/identity.mjs';
import { readHolder } from '../processes/lock.mjs';

const fileOf = (folder) => join(folder, 'running.json');

/**
 * Keeps what the portal was given, for as long as it runs, so that `npm run admin:invite` and the
 * like find it. Its settings, also those that were exported for it, and what was chosen here; readable
 * by the owner alone.
 */
export function keepRunningEnvironment(lifetime, folder, environment) {
  const chosen = Object.entries(environment).filter(
    ([name, value]) => isSetting(name) || process.env[name] !== value,
  );
  writeFileSync(fileOf(folder), JSON.stringify(Object.fromEntries(chosen)), { mode: 0o600 });
  lifetime.defer(() => rmSync(fileOf(folder), { force: true }));
}

/** The environment of the portal that runs on the data folder, or null when none does. */
export function readRunningEnvironment(folder) {
  const launcher = readHolder(join(folder, 'launcher.lock'));
  if (!launcher || !isAlive(launcher)) return null;
  try {
    return JSON.parse(readFileSync(fileOf(folder), 'utf8'));
  } catch {
    return null;
  }
}

import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir } from '../paths.mjs';
import { isAlive } from '../processes/identity.mjs';
import { readHolder, tryLock } from '../processes/lock.mjs';

/**
 * A folder of this run's own beneath the data folder, and clears away those of runs that are over.
 * A run's folder stays after a failure, for its logs; `removeOnSuccess` takes it away.
 */
export function makeRunFolder(lifetime, kind) {
  mkdirSync(dataDir, { recursive: true });
  for (const name of readdirSync(dataDir).filter((entry) =>
    /^(test|screenshots|resilience|bench|independent)-\d+$/.test(entry),
  )) {
    const holder = readHolder(join(dataDir, name, 'run.lock'));
    if (!holder || !isAlive(holder)) remove(join(dataDir, name));
  }
  const folder = join(dataDir, `${kind}-${process.pid}`);
  const { release } = tryLock(join(folder, 'run.lock'));
  lifetime.defer(release);
  return {
    folder,
    logs: join(folder, 'logs'),
    removeOnSuccess: () => remove(folder),
  };
}

function remove(folder) {
  if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
}

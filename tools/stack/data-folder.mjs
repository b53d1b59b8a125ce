import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../problem.mjs';
import { readHolder, tryLock } from '../processes/lock.mjs';
import { isPortFree } from './ports.mjs';

const settleMs = 20_000;

/**
 * Takes the data folder for this process, or throws a Problem that names who has it. When the last
 * holder was killed, its processes may still be on their way out: waits until they have left.
 */
export async function takeDataFolder(lifetime, folder, details) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'launcher.lock');
  const before = readHolder(file);
  const { release, holder } = tryLock(file, details);
  if (holder) {
    throw new Problem(
      `"${holder.what}" is already running on ${folder} (process ${holder.pid}${holder.port ? `, http://localhost:${holder.port}` : ''}). Stop it first, or choose another folder with DATA_DIR and other ports with PORT and SANDBOX_PORT.`,
    );
  }
  lifetime.defer(release);
  if (before) await awaitPorts([before.port, before.sandboxPort].filter(Boolean), lifetime);
}

async function awaitPorts(ports, lifetime) {
  const deadline = Date.now() + settleMs;
  for (const port of ports) {
    while (!(await isPortFree(port)) && Date.now() < deadline) {
      lifetime.throwIfEnding();
      await sleep(100);
    }
  }
}

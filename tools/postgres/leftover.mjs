import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nameOf, startOf } from '../processes/identity.mjs';
import { run } from '../processes/run.mjs';

/**
 * Clears away the server of an earlier run that was killed: stops it if it still lives, and removes
 * the `postmaster.pid` that a dead one left, whose pid may meanwhile be somebody else's.
 */
export async function stopLeftover(lifetime, { binaries, account, data, logs }) {
  const pidFile = join(data, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const [first, folder] = readFileSync(pidFile, 'utf8').split('\n');
  const pid = Math.abs(Number(first));
  if (!isServerOf(pid, folder, data)) {
    rmSync(pidFile, { force: true });
    return;
  }
  await run(lifetime, {
    name: 'pg_ctl',
    command: join(binaries, 'bin/pg_ctl'),
    args: ['stop', '-D', data, '-m', 'fast', '-w', '-t', '8'],
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    log: join(logs, 'pg_ctl.log'),
    uid: account?.uid,
    gid: account?.gid,
  });
  if (!isServerOf(pid, folder, data)) return;
  // It hangs (stopped, or its disk does). Recovery from the log makes this safe.
  process.kill(pid, 'SIGKILL');
  for (let waited = 0; startOf(pid) !== null && waited < 5_000; waited += 50) await sleep(50);
  // Its own children notice within moments that it is gone, and hold its memory until then.
  await sleep(500);
  rmSync(pidFile, { force: true });
}

function isServerOf(pid, folder, data) {
  if (!pid || folder !== data || startOf(pid) === null) return false;
  const name = nameOf(pid);
  return name === null || name === 'postgres';
}

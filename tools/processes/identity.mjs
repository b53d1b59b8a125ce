import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * When a process started, as an opaque text, or null when no such process lives. Together with the
 * pid it names one process for good: pids are used again, so a pid alone in a lock file proves nothing.
 */
export function startOf(pid) {
  if (process.platform === 'linux') {
    const stat = readStat(pid);
    return stat && !['Z', 'X'].includes(stat.state) ? stat.started : null;
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return null;
  }
  if (process.platform === 'win32') return 'alive';
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout?.trim() || null;
}

/** `{pid, started}` of this very process. */
export function ownIdentity() {
  return { pid: process.pid, started: startOf(process.pid) };
}

/** Whether the process that wrote `{pid, started}` still lives. */
export function isAlive(identity) {
  if (!Number.isInteger(identity?.pid)) return false;
  const started = startOf(identity.pid);
  return started !== null && started === identity.started;
}

/** Pid of another process's parent, or null where it cannot be known. */
export function parentOf(pid) {
  return process.platform === 'linux' ? (readStat(pid)?.parent ?? null) : null;
}

/**
 * Pids of the processes that another has started and that still live; none on Windows.
 * @returns {number[]}
 */
export function childrenOf(pid) {
  if (process.platform === 'linux') {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.map(Number).filter((child) => {
      const stat = readStat(child);
      return stat?.parent === pid && !['Z', 'X'].includes(stat.state);
    });
  }
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = (stdout ?? '')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.filter(([, parent]) => parent === pid).map(([child]) => child);
}

/** Name of a process's program, or null where it cannot be known. */
export function nameOf(pid) {
  return process.platform === 'linux' ? (readStat(pid)?.name ?? null) : null;
}

function readStat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command in parentheses may hold spaces and parentheses itself, so read from the last one.
    const end = text.lastIndexOf(')');
    const fields = text.slice(end + 2).split(' ');
    const name = text.slice(text.indexOf('(') + 1, end);
    return { name, state: fields[0], parent: Number(fields[1]), started: fields[19] };
  } catch {
    return null;
  }
}

import { spawn } from 'node:child_process';
import {
  closeSync,
  createWriteStream,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const guard = fileURLToPath(new URL('./guard.mjs', import.meta.url));

/**
 * Starts a process under a guard (see guard.mjs), stopped when `lifetime` ends or this process dies.
 *
 * - `log`: file that takes its output (the last run's is kept as `*.previous`); without it the output is shown
 * - `echo`: also show each line, behind this prefix
 * - `stopSignal`, `graceMs`: how it is asked to stop, and how long it has before SIGKILL
 * - `holdStdin`: give it a stdin that closes when it shall stop
 *
 * Answers `{name, pid, exited, stop(), tail()}`; `pid` is the guard's, `exited` resolves to the exit code
 * and never rejects.
 */
export function startChild(lifetime, options) {
  const { name, command, args = [], cwd, env, log, echo, holdStdin = false, uid, gid } = options;
  const { stopSignal = 'SIGTERM', graceMs = 15_000 } = options;
  lifetime.throwIfEnding();
  const order = { command, args, stopSignal, graceMs, holdStdin, uid, gid };
  const logFd = log && !echo ? openLog(log) : undefined;
  const output = echo ? 'pipe' : (logFd ?? 'inherit');
  const child = spawn(process.execPath, [guard, JSON.stringify(order)], {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', output, output],
  });
  if (logFd !== undefined) closeSync(logFd);
  if (echo) echoLines(child, echo, log);
  child.stdin.on('error', () => {});

  const exited = new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('exit', (code, signal) => {
      if (signal) killGroup(child.pid);
      resolve(code ?? (signal ? 137 : 1));
    });
  });
  const stop = async () => {
    child.stdin.end();
    await exited;
  };
  const forget = lifetime.defer(stop);
  exited.then(forget);
  return { name, pid: child.pid, exited, stop, tail: () => (log ? lastLines(log) : '') };
}

/** Last lines of a log, for a message about why its process failed. */
export function lastLines(file, count = 30) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

// A guard that was itself killed (memory ran out) leaves its process behind.
function killGroup(pid) {
  try {
    if (process.platform !== 'win32') process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  try {
    renameSync(file, `${file}.previous`);
  } catch {
    // First run: nothing to keep.
  }
  return openSync(file, 'a', 0o600);
}

function echoLines(child, prefix, log) {
  const copy = log ? createWriteStream('', { fd: openLog(log) }) : null;
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      copy?.write(`${line}\n`);
      console.log(`${prefix}${line}`);
    });
  }
}

// Stands between the launcher and one process that it starts, in a process group of its own.
// Its stdin is a pipe held by the launcher: when that closes, be it by intent or because the
// launcher was killed with -9, the process is stopped. So nothing outlives the launcher.
import { spawn } from 'node:child_process';

const { command, args, stopSignal, graceMs, holdStdin, uid, gid } = JSON.parse(process.argv[2]);

// Signals are the launcher's to interpret; a guard that died of one would leave its process alone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

const child = spawn(command, args, {
  stdio: [holdStdin ? 'pipe' : 'ignore', 'inherit', 'inherit'],
  uid,
  gid,
});
let stopping = false;

child.on('error', (error) => {
  console.error(`${command}: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  if (stopping) killGroup();
  process.exit(code ?? (signal ? 128 : 1));
});
child.stdin?.on('error', () => {});

process.stdin.resume();
process.stdin.on('error', stop);
process.stdin.on('close', stop);
process.stdin.on('end', stop);

function stop() {
  if (stopping) return;
  stopping = true;
  child.stdin?.end();
  child.kill(stopSignal);
  setTimeout(killGroup, graceMs);
}

function killGroup() {
  child.kill('SIGKILL');
  // Also the guard itself and whatever its process has left in the group.
  if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
}

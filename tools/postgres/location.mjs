import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../problem.mjs';
import { findBinaries } from './binaries.mjs';

const publicRoot = '/var/tmp';
const prefix = 'hosted-link-portal-';

/**
 * Where a cluster for `home` lives and who runs it: `{binaries, folder, account, relocated}`.
 *
 * PostgreSQL refuses to run as root, so root's cluster runs as another user (`account`), who must be
 * able to walk through every parent of its data and its programs. Where he is not (a folder beneath
 * /root, a `mktemp -d`), they live in a folder of their own beneath /var/tmp.
 */
export function locateCluster(home) {
  const binaries = findBinaries();
  const account = process.getuid?.() === 0 ? unprivilegedAccount() : null;
  mkdirSync(home, { recursive: true });
  // Whatever the umask: what is secret in it is in files of their own.
  chmodSync(home, 0o755);
  if (!account) return { binaries, folder: home, account, relocated: false };

  const relocated = !canReach(account, home);
  return {
    account,
    relocated,
    folder: relocated ? publicFolder(home) : home,
    binaries: canRun(account, binaries) ? binaries : copyBinaries(binaries),
  };
}

// `postgres` where a package made it; `nobody` is on every Unix, and no machine is changed for it.
function unprivilegedAccount() {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { name, uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Problem(
    'PostgreSQL can’t run as root, and this machine has no user "postgres" or "nobody". Start as an ordinary user, or set DATABASE_URL.',
  );
}

function canReach(account, folder) {
  return tryAs(account, 'cd "$1"', folder);
}

// The folders may be open and yet the files not: npm installs by the umask.
function canRun(account, binaries) {
  const look = 'cd "$1/lib" && test -x ../bin/postgres -a -r ../share/postgresql/postgres.bki';
  return tryAs(account, look, binaries);
}

function tryAs({ uid, gid }, script, folder) {
  const { status } = spawnSync('/bin/sh', ['-c', script, 'sh', folder], { uid, gid, cwd: '/' });
  return status === 0;
}

function publicFolder(home) {
  removeAbandoned();
  const folder = join(publicRoot, prefix + hash(home));
  mkdirOwned(folder);
  writeFileSync(join(folder, 'belongs-to'), home);
  return folder;
}

// A relocated cluster whose DATA_DIR was deleted would stay for ever.
function removeAbandoned() {
  for (const name of readdirSync(publicRoot).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(publicRoot, name);
    const note = join(folder, 'belongs-to');
    if (lstatSync(folder).uid !== process.getuid() || !existsSync(note)) continue;
    if (!existsSync(readFileSync(note, 'utf8'))) rmSync(folder, { recursive: true, force: true });
  }
}

function copyBinaries(source) {
  const { version } = JSON.parse(readFileSync(join(source, '..', 'package.json'), 'utf8'));
  const target = join(publicRoot, `${prefix}postgres-${version}`);
  if (existsSync(target)) {
    mkdirOwned(target);
    return target;
  }
  // By rename, so that a second starter sees all of it or nothing.
  const draft = `${target}.${process.pid}`;
  cpSync(source, draft, { recursive: true, verbatimSymlinks: true });
  openToAll(draft);
  try {
    renameSync(draft, target);
  } catch {
    rmSync(draft, { recursive: true, force: true });
    mkdirOwned(target);
  }
  return target;
}

function openToAll(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, 0o755);
  }
}

// /var/tmp is anybody's: a folder laid there by someone else is not to be trusted.
function mkdirOwned(folder) {
  mkdirSync(folder, { recursive: true });
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || stat.uid !== process.getuid()) {
    throw new Problem(`${folder} belongs to another user. Remove it, or choose another DATA_DIR.`);
  }
  chmodSync(folder, 0o755);
}

function hash(home) {
  return createHash('sha256').update(home).digest('hex').slice(0, 16);
}

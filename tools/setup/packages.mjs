import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDir, dataDir, rootDir } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { isAlive } from '../processes/identity.mjs';
import { acquireLock, readHolder, tryLock } from '../processes/lock.mjs';
import { runOrThrow } from '../processes/run.mjs';
import { step } from '../progress.mjs';
import { compareLocks } from './compare-locks.mjs';

const stampFile = join(rootDir, 'node_modules', '.installed-from.json');
const usersDir = join(buildDir, 'locks', 'package-users');

/**
 * Installs the packages of package-lock.json unless they are there, and registers `what` as a user
 * of them. Two starters wait for each other; packages that another copy runs on are never replaced.
 */
export async function ensurePackages(lifetime, what) {
  const release = await acquireLock(join(buildDir, 'locks', 'packages.lock'), {
    onWait: (holder) => console.log(`  Waiting for another setup (process ${holder.pid})…`),
  });
  const forget = lifetime.defer(release);
  try {
    lifetime.throwIfEnding();
    const difference = findDifference();
    if (difference) await install(lifetime, difference);
    // Each user holds a lock of its own, which tells the others that it lives.
    lifetime.defer(tryLock(join(usersDir, `${process.pid}.lock`), { what }).release);
  } finally {
    release();
    forget();
  }
}

async function install(lifetime, difference) {
  const users = listUsers().map((user) => `  ${user.what} (process ${user.pid})`);
  if (users.length > 0) {
    throw new Problem(
      `The installed packages don’t match package-lock.json (${difference}), and another process is using them:\n${users.join('\n')}\nStop it, then start again: installing now would break it.`,
    );
  }
  await step('Installing packages', () =>
    runOrThrow(lifetime, {
      name: 'npm ci',
      ...npmCommand(),
      cwd: rootDir,
      // Exported NODE_ENV=production or omit=dev would leave out what demo and tests stand on.
      env: { ...process.env, NODE_ENV: 'development' },
      log: join(dataDir, 'logs', 'install.log'),
      excerpt: firstErrors,
    }),
  );
  writeFileSync(stampFile, JSON.stringify(currentStamp()));
}

/** The living processes of this checkout that run on the packages. */
function listUsers() {
  if (!existsSync(usersDir)) return [];
  const names = readdirSync(usersDir).filter((name) => name.endsWith('.lock'));
  return names.map((name) => readHolder(join(usersDir, name))).filter(isAlive);
}

// npm says first what is wrong, and then at length how it is used.
function firstErrors(log) {
  const errors = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => /^npm error./.test(line));
  return errors.length > 0 ? errors.slice(0, 15).join('\n') : null;
}

function npmCommand() {
  // Its own level, for `npm test --silent` would hand on silence.
  const ci = [
    'ci',
    '--loglevel=warn',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
  ];
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  // The Node that runs npm now, not the one in node_modules that npm ci is about to replace.
  return npm && node ? { command: node, args: [npm, ...ci] } : { command: 'npm', args: ci };
}

/** Null when node_modules is what package-lock.json asks for, else in what they differ. */
function findDifference() {
  if (!existsSync(join(rootDir, 'node_modules'))) return 'nothing is installed';
  const stamp = readJson(stampFile);
  const wanted = currentStamp();
  if (stamp?.lock === wanted.lock && stamp?.platform === wanted.platform) return null;

  const installed = readJson(join(rootDir, 'node_modules', '.package-lock.json'));
  if (!installed) return 'node_modules is incomplete';
  const difference = compareLocks(readJson(join(rootDir, 'package-lock.json')), installed);
  if (!difference) writeFileSync(stampFile, JSON.stringify(wanted));
  return difference;
}

function currentStamp() {
  const lock = readFileSync(join(rootDir, 'package-lock.json'));
  return {
    lock: createHash('sha256').update(lock).digest('hex'),
    platform: `${process.platform}-${process.arch}`,
  };
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

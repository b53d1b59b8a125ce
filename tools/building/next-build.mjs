import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { buildDir, rootDir } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { acquireLock } from '../processes/lock.mjs';
import { runOrThrow } from '../processes/run.mjs';
import { nodeBinary } from '../setup/node-binary.mjs';
import { bundleCommands } from './bundle.mjs';
import { deploymentEnvironment } from './deployment.mjs';
import { hashPortalInputs } from './input-hash.mjs';

export const standaloneDir = join(rootDir, '.next/standalone');

/** In a finished build, and written last: what it was made from. */
export const stampFile = 'build-inputs.txt';

/** Takes the lock that every `next build` in this checkout needs. */
export async function takeBuildLock(lifetime) {
  const release = await acquireLock(join(buildDir, 'locks', 'build.lock'), {
    onWait: (holder) => console.log(`  Waiting for another build (process ${holder.pid})…`),
  });
  const forget = lifetime.defer(release);
  return () => {
    release();
    forget();
  };
}

/**
 * Makes `.next/standalone`, a folder that runs by itself: server, static files, migrations, and the
 * commands beside it. Hold the build lock: `next build` works in `.next` alone.
 */
export async function buildStandalone(lifetime, { env, log }) {
  const { stamp, deployment } = describeInputs(env);
  // What is half rebuilt is not the last build any more.
  rmSync(join(standaloneDir, stampFile), { force: true });
  await runOrThrow(lifetime, {
    name: 'next build',
    command: nodeBinary(),
    args: [join(rootDir, 'node_modules/next/dist/bin/next'), 'build'],
    cwd: rootDir,
    env: {
      ...env,
      ...deployment,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    },
    log,
  });
  if (!existsSync(join(standaloneDir, 'server.js'))) {
    throw new Problem(
      `next build didn’t create ${standaloneDir}/server.js. Next.js may have mistaken a parent folder with a package-lock.json for the project.`,
    );
  }
  wrapServer();
  copyInto('.next/static');
  copyInto('public');
  copyInto('db/migrations');
  copyInto('db/functions.sql');
  copyArgon2();
  removeEnvironmentFiles();
  await bundleCommands(join(standaloneDir, 'commands'));
  writeFileSync(join(standaloneDir, stampFile), stamp);
}

/** Whether the folder has a finished build of the sources as they are now, made with `env`. */
export function isBuildOf(folder, env) {
  return readStamp(folder) === describeInputs(env).stamp;
}

/** Whether `.next/standalone` was made from the sources as they are now, with whatever settings. */
export function isBuiltFromSources() {
  return readStamp(standaloneDir)?.startsWith(hashPortalInputs(rootDir)) ?? false;
}

function readStamp(folder) {
  const file = join(folder, stampFile);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function describeInputs(env) {
  const inputs = hashPortalInputs(rootDir);
  const deployment = deploymentEnvironment(env, inputs);
  const names = createHash('sha256').update(JSON.stringify(deployment)).digest('hex');
  return { deployment, stamp: `${inputs}-${names.slice(0, 16)}` };
}

function wrapServer() {
  renameSync(join(standaloneDir, 'server.js'), join(standaloneDir, 'next-server.js'));
  cpSync(join(rootDir, 'tools/building/server.mjs'), join(standaloneDir, 'server.js'));
}

function copyInto(path) {
  const source = join(rootDir, path);
  if (existsSync(source)) cpSync(source, join(standaloneDir, path), { recursive: true });
}

// Next.js's tracing may see the loader and miss the platform's own package beside it.
function copyArgon2() {
  const scope = 'node_modules/@node-rs';
  for (const name of readdirSync(join(rootDir, scope))) {
    if (name.startsWith('argon2')) copyInto(`${scope}/${name}`);
  }
}

// `next build` copies .env files along: secrets have no place in what is shipped, nor may those of
// production reach a demo started from the same checkout.
function removeEnvironmentFiles() {
  for (const name of readdirSync(standaloneDir).filter((entry) => entry.startsWith('.env'))) {
    rmSync(join(standaloneDir, name));
  }
}

import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { buildDir, dataDir, rootDir } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { startOf } from '../processes/identity.mjs';
import { listOtherUsers, registerUse } from '../processes/in-use.mjs';
import { acquireLock } from '../processes/lock.mjs';
import { step } from '../progress.mjs';
import { bundleSandbox } from './bundle.mjs';
import { hashPortalInputs, hashSandboxInputs } from './input-hash.mjs';
import { buildStandalone, standaloneDir } from './next-build.mjs';
import { neutralEnvironment } from './portal-variables.mjs';

const keptUnused = 2;
const maxAttempts = 4;

/**
 * Folder of a finished portal built from the sources as they are now, built only if there is none.
 * Builds are named by their inputs and never changed, so a running demo keeps what it stands on.
 */
export async function ensurePortalBuild(lifetime) {
  return await ensure(lifetime, 'portal', hashPortalInputs, (target) =>
    step('Building the portal', async () => {
      const log = join(dataDir, 'logs', 'build.log');
      await buildStandalone(lifetime, { env: neutralEnvironment(), log });
      cpSync(standaloneDir, target, { recursive: true, verbatimSymlinks: true });
    }),
  );
}

/** Folder with the bundled local Codat (`main.mjs`), never part of the portal's build. */
export async function ensureSandboxBuild(lifetime) {
  return await ensure(lifetime, 'sandbox', hashSandboxInputs, (target) => bundleSandbox(target));
}

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

async function ensure(lifetime, kind, hashInputs, make) {
  const pathOf = (hash) => join(buildDir, `${kind}-${hash}`);
  // Registered before it is looked for, else somebody else's pruning might come in between.
  let name = hashInputs(rootDir);
  registerUse(null, `${kind}-${name}`);
  if (existsSync(pathOf(name))) return touch(pathOf(name));

  const release = await takeBuildLock(lifetime);
  try {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      lifetime.throwIfEnding();
      // Sources may have changed while we waited, or while we built what is then half old.
      name = hashInputs(rootDir);
      registerUse(null, `${kind}-${name}`);
      if (existsSync(pathOf(name))) return touch(pathOf(name));
      const draft = join(buildDir, `draft-${kind}`);
      rmSync(draft, { recursive: true, force: true });
      mkdirSync(buildDir, { recursive: true });
      await make(draft);
      if (hashInputs(rootDir) !== name) continue;
      renameSync(draft, pathOf(name));
      prune(kind);
      return pathOf(name);
    }
    throw new Problem(
      'The sources changed during each of several builds. Start again once they rest.',
    );
  } finally {
    release();
  }
}

function touch(folder) {
  const now = new Date();
  utimesSync(folder, now, now);
  return folder;
}

function prune(kind) {
  const used = new Set(listOtherUsers().flatMap((user) => user.builds));
  const unused = readdirSync(buildDir)
    .filter((name) => name.startsWith(`${kind}-`) && !used.has(name))
    .map((name) => ({ path: join(buildDir, name), usedAt: statSync(join(buildDir, name)).mtimeMs }))
    .sort((a, b) => b.usedAt - a.usedAt);
  const leftover = readdirSync(buildDir).filter((name) => {
    const pid = /^commands-(\d+)$/.exec(name)?.[1];
    return pid && startOf(Number(pid)) === null;
  });
  const paths = [
    ...unused.slice(keptUnused).map(({ path }) => path),
    ...leftover.map((name) => join(buildDir, name)),
  ];
  for (const path of paths) rmSync(path, { recursive: true, force: true });
}

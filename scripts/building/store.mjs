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
import { listOtherUsers, registerUse } from '../processes/in-use.mjs';
import { acquireLock } from '../processes/lock.mjs';
import { step } from '../progress.mjs';
import { bundleSandbox } from './bundle.mjs';
import { hashPortalInputs, hashSandboxInputs } from './input-hash.mjs';
import { buildStandalone, standaloneDir } from './next-build.mjs';
import { neutralEnvironment } from './portal-variables.mjs';

const keptUnused = 2;

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
    lifetime.throwIfEnding();
    // Sources may have changed while we waited.
    name = hashInputs(rootDir);
    registerUse(null, `${kind}-${name}`);
    if (existsSync(pathOf(name))) return touch(pathOf(name));
    const draft = join(buildDir, `draft-${kind}`);
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(buildDir, { recursive: true });
    await make(draft);
    renameSync(draft, pathOf(name));
    prune(kind);
    return pathOf(name);
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
  for (const { path } of unused.slice(keptUnused)) rmSync(path, { recursive: true, force: true });
}

import { cpSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dataDir } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { step } from '../progress.mjs';
import { bundleSandbox } from './bundle.mjs';
import {
  buildStandalone,
  isBuildOf,
  stampFile,
  standaloneDir,
  takeBuildLock,
} from './next-build.mjs';
import { neutralEnvironment } from './portal-variables.mjs';

const maxAttempts = 4;
const provided = new Map();

/**
 * The finished portal and local Codat in `folder`/builds, from the sources as they are now:
 * `{portalDir, sandboxDir}`. They are copies of the folder's own, so no other start changes what runs
 * from them, and this process makes them once. Call it only while the folder is this process's.
 */
export function provideBuilds(lifetime, folder) {
  if (!provided.has(folder)) provided.set(folder, provide(lifetime, join(folder, 'builds')));
  return provided.get(folder);
}

async function provide(lifetime, folder) {
  const [portalDir, sandboxDir] = [join(folder, 'portal'), join(folder, 'sandbox')];
  const env = neutralEnvironment();
  await bundleSandbox(sandboxDir);
  if (isBuildOf(portalDir, env)) return { portalDir, sandboxDir };

  const release = await takeBuildLock(lifetime);
  try {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      lifetime.throwIfEnding();
      if (isBuildOf(standaloneDir, env)) {
        copyBuild(standaloneDir, portalDir);
        return { portalDir, sandboxDir };
      }
      await step('Building the portal', () =>
        buildStandalone(lifetime, { env, log: join(dataDir, 'logs', 'build.log') }),
      );
    }
    throw new Problem(
      'The sources kept changing while they were built. Stop editing and try again.',
    );
  } finally {
    release();
  }
}

/** Replaces the build in `target`. Killed at any moment, it leaves a whole build there or none. */
export function copyBuild(source, target) {
  const draft = `${target}.draft`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(source, draft, {
    recursive: true,
    verbatimSymlinks: true,
    // An operator's settings, put beside the build after it was made.
    filter: (path) => !basename(path).startsWith('.env'),
  });
  // First of all, so that nobody takes for whole what is half removed.
  rmSync(join(target, stampFile), { force: true });
  rmSync(target, { recursive: true, force: true });
  renameSync(draft, target);
}

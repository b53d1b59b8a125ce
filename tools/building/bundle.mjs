import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildDir, rootDir } from '../paths.mjs';
import { startOf } from '../processes/identity.mjs';

// What was CommonJS asks for node:fs and the like through require(), which an ES module has not.
const banner = `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`;

const shared = {
  absWorkingDir: rootDir,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  outExtension: { '.js': '.mjs' },
  sourcemap: 'linked',
  banner: { js: banner },
  logLevel: 'silent',
  legalComments: 'none',
};

async function bundle(options) {
  const { build, stop } = await import('esbuild');
  await build({ ...shared, ...options });
  // Its service would stay for as long as this process does.
  await stop();
}

/** Bundles every `commands/*.ts` into one file each in `folder`. */
export async function bundleCommands(folder) {
  const commands = join(rootDir, 'commands');
  const isEntry = (name) => name.endsWith('.ts') && !name.endsWith('.test.ts');
  await bundle({
    entryPoints: readdirSync(commands)
      .filter(isEntry)
      .map((name) => join(commands, name)),
    outdir: folder,
    // What several commands use is there once.
    splitting: true,
    chunkNames: 'shared/[hash]',
    // argon2 is a native module; pg-native is an optional part of pg that nobody installs.
    external: ['@node-rs/argon2', 'pg-native'],
    // It throws outside of Next.js's server bundles, and says nothing in a command.
    alias: { 'server-only': join(rootDir, 'tools/building/nothing.mjs') },
  });
}

/** The same in a folder of this process, gone with `lifetime`: for commands of the sources as they are. */
export async function bundleOwnCommands(lifetime) {
  mkdirSync(buildDir, { recursive: true });
  for (const name of readdirSync(buildDir)) {
    const pid = /^commands-(\d+)$/.exec(name)?.[1];
    // Left by a process that was killed.
    if (pid && startOf(Number(pid)) === null) remove(join(buildDir, name));
  }
  const folder = join(buildDir, `commands-${process.pid}`);
  lifetime.defer(() => remove(folder));
  await bundleCommands(folder);
  return folder;
}

/** Bundles the local Codat into `folder`/main.mjs. */
export async function bundleSandbox(folder) {
  await bundle({
    entryPoints: [join(rootDir, 'sandbox/main.ts')],
    outdir: folder,
    loader: { '.svg': 'text', '.css': 'text', '.html': 'text' },
  });
}

function remove(folder) {
  rmSync(folder, { recursive: true, force: true });
}

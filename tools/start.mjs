import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { standaloneDir } from './building/next-build.mjs';
import { Problem } from './problem.mjs';
import { runScript } from './processes/lifetime.mjs';
import { run } from './processes/run.mjs';
import { nodeBinary } from './setup/node-binary.mjs';
import { readEnvFile } from './stack/env-file.mjs';

runScript(async (lifetime) => {
  if (!existsSync(join(standaloneDir, 'server.js'))) {
    throw new Problem('There’s no production build yet. Create one with npm run build.');
  }
  return run(lifetime, {
    name: 'The portal',
    command: nodeBinary(),
    args: ['server.js'],
    cwd: standaloneDir,
    env: { ...readEnvFile(), ...process.env, PORTAL_MODE: 'production' },
    // The portal finishes what it has accepted first, within 25 s.
    graceMs: 30_000,
  });
});

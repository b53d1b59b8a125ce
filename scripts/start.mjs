import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { standaloneDir } from './building/next-build.mjs';
import { Problem } from './problem.mjs';
import { runScript } from './processes/lifetime.mjs';
import { run } from './processes/run.mjs';
import { nodeBinary } from './setup/node-binary.mjs';
import { envFileArguments } from './stack/env-file.mjs';

runScript(async (lifetime) => {
  if (!existsSync(join(standaloneDir, 'server.js'))) {
    throw new Problem('There is no production build yet. Make one with npm run build.');
  }
  return run(lifetime, {
    name: 'The portal',
    command: nodeBinary(),
    args: [...envFileArguments(), 'server.js'],
    cwd: standaloneDir,
    env: {
      // Longer than a load balancer keeps an idle connection, so that it never sends into a closed one.
      KEEP_ALIVE_TIMEOUT: '65000',
      ...process.env,
      ...listenAddress(),
      NODE_ENV: 'production',
      PORTAL_MODE: 'production',
      NEXT_MANUAL_SIG_HANDLE: 'true',
      NEXT_TELEMETRY_DISABLED: '1',
    },
    // The portal finishes what it has accepted first, within 25 s.
    graceMs: 30_000,
  });
});

// Docker sets HOSTNAME to the container's id, and the server would listen on that one address.
function listenAddress() {
  return process.env.HOSTNAME === hostname() ? { HOSTNAME: '0.0.0.0' } : {};
}

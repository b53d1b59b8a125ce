import { join } from 'node:path';
import { bundleSandbox } from './building/bundle.mjs';
import { dataDir, rootDir } from './paths.mjs';
import { startChild } from './processes/child.mjs';
import { runScript } from './processes/lifetime.mjs';
import { step } from './progress.mjs';
import { nodeBinary } from './setup/node-binary.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { awaitHttp } from './stack/await-http.mjs';
import { takeDataFolder } from './stack/data-folder.mjs';
import { readPort, requireFreePort } from './stack/ports.mjs';
import { rejectWhenEnded } from './stack/start-stack.mjs';

// `npm run sandbox`: the local Codat, without a portal, until interrupted. It has no database and no
// secrets of its own; SANDBOX_… variables say the rest (sandbox/README.md).
runScript(
  async (lifetime) => {
    const sandboxPort = readPort('SANDBOX_PORT', 4010);
    await takeDataFolder(lifetime, dataDir, { what: 'npm run sandbox', sandboxPort });
    await requireFreePort(sandboxPort, 'SANDBOX_PORT', 'the local Codat');
    await requireFreePort(sandboxPort + 1, 'SANDBOX_PORT', "the local Codat's sign-in pages");
    await ensurePackages(lifetime, 'npm run sandbox');
    const folder = join(dataDir, 'builds', 'sandbox-alone');
    await bundleSandbox(folder);
    const child = startChild(lifetime, {
      name: 'The local Codat',
      command: nodeBinary(),
      args: [join(folder, 'main.mjs')],
      cwd: rootDir,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        SANDBOX_PORT: String(sandboxPort),
        SANDBOX_STOP_WITH_STDIN: '1',
        DATA_DIR: dataDir,
      },
      log: join(dataDir, 'logs', 'sandbox.log'),
      echo: 'codat  | ',
      holdStdin: true,
      graceMs: 5_000,
    });
    const url = `http://localhost:${sandboxPort}`;
    await step('Starting the local Codat', () =>
      awaitHttp(child, `http://127.0.0.1:${sandboxPort}/_sandbox`, { timeoutMs: 30_000 }),
    );
    console.log(`
Ready: ${url} · control panel ${url}/_sandbox

  CODAT_API_URL        ${url}
  CODAT_LINK_ORIGINS   ${url}
  CODAT_API_KEY        ${process.env.SANDBOX_API_KEY || 'local-codat-api-key'}
  CODAT_WEBHOOK_SECRET in the panel, under Settings and faults, once a webhook consumer is set up

Ctrl-C stops it. The state is kept in ${dataDir}.`);
    await rejectWhenEnded(child);
  },
  { signalCode: 0 },
);

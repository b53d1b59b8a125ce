import { join } from 'node:path';
import { rootDir } from '../paths.mjs';
import { startChild } from '../processes/child.mjs';
import { runOrThrow } from '../processes/run.mjs';
import { step } from '../progress.mjs';
import { nodeBinary } from '../setup/node-binary.mjs';
import { awaitHttp, diedOf } from './await-http.mjs';
import { stackEnvironments } from './environment.mjs';
import { markDatabase } from './marker.mjs';

/**
 * Migrates, then starts local Codat and portal and seeds; each stops with `lifetime`.
 *
 * - `portalDir`, `sandboxDir`: finished builds; without `portalDir` it is `next dev`
 * - `commandsDir`: bundled commands; they run in `portalDir` or the checkout
 * - `logs`: folder for a log of each process; `echo`: show the portal's and the local Codat's lines
 *
 * Answers `{urls, environment, untilOneDies}`; the last rejects when a process ends by itself.
 */
export async function startStack(lifetime, options) {
  const { port, sandboxPort, commandsDir, sandboxDir, logs, seed = true } = options;
  const { portal: env, sandbox: sandboxEnv, urls } = stackEnvironments(options);
  const command = (name) =>
    runOrThrow(lifetime, {
      name: `commands/${name}`,
      command: nodeBinary(),
      args: [join(commandsDir, `${name}.mjs`)],
      cwd: options.portalDir ?? rootDir,
      env,
      log: join(logs, `${name}.log`),
    });

  await step('Bringing the database up to date', async () => {
    await command('migrate');
    await markDatabase(options.databaseUrl, options.mode);
  });
  const sandbox = startChild(lifetime, {
    name: 'The local Codat',
    command: nodeBinary(),
    args: [join(sandboxDir, 'main.mjs')],
    cwd: sandboxDir,
    env: sandboxEnv,
    log: join(logs, 'sandbox.log'),
    echo: options.echo && 'codat  | ',
    holdStdin: true,
    graceMs: 5_000,
  });
  const portal = startPortal(lifetime, options, env);
  await step('Starting the local Codat', () =>
    awaitHttp(sandbox, `http://127.0.0.1:${sandboxPort}/_sandbox`, { timeoutMs: 30_000 }),
  );
  await step('Starting the portal', () =>
    awaitHttp(portal, `http://127.0.0.1:${port}/api/ready`, {
      status: 200,
      timeoutMs: options.portalDir ? 60_000 : 180_000,
    }),
  );
  if (seed) await step('Filling in demo data', () => command('seed-demo'));
  const untilOneDies = Promise.race([sandbox, portal].map(rejectWhenEnded));
  untilOneDies.catch(() => {});
  return { urls, environment: env, untilOneDies };
}

function startPortal(lifetime, { portalDir, logs, echo, port }, env) {
  const next = join(rootDir, 'node_modules/next/dist/bin/next');
  return startChild(lifetime, {
    name: 'The portal',
    command: nodeBinary(),
    args: portalDir
      ? ['server.js']
      : [next, 'dev', '--hostname', '127.0.0.1', '--port', String(port)],
    cwd: portalDir ?? rootDir,
    env,
    log: join(logs, 'portal.log'),
    echo: echo && 'portal | ',
    graceMs: 15_000,
  });
}

/** A promise that rejects when the process ends by itself. */
export async function rejectWhenEnded(child) {
  const code = await child.exited;
  throw diedOf(child, code);
}

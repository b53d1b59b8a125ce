import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleOwnCommands } from '../building/bundle.mjs';
import { neutralEnvironment } from '../building/portal-variables.mjs';
import { rootDir } from '../paths.mjs';
import { ensureDatabase, startCluster } from '../postgres/cluster.mjs';
import { runOrThrow } from '../processes/run.mjs';
import { nodeBinary } from '../setup/node-binary.mjs';
import { markDatabase, requireOwnDatabase } from '../stack/marker.mjs';
import { pickFreePort } from '../stack/ports.mjs';
import { loadSecrets } from '../stack/secrets.mjs';
import { startStack } from '../stack/start-stack.mjs';

/**
 * Databases for a test run: a function from a name to its URL. They are in a throw-away cluster that
 * goes with `lifetime`, or are all the one that DATABASE_URL names, if a test run made it.
 */
export async function startTestDatabases(lifetime, { folder, logs }) {
  const given = process.env.DATABASE_URL;
  if (given) {
    await requireOwnDatabase(given, 'test');
    return async () => given;
  }
  const home = join(folder, 'postgres');
  let cluster;
  // Registered first, so that it happens after the server has stopped.
  lifetime.defer(() => {
    for (const path of [home, cluster?.relocatedTo]) {
      if (path) rmSync(path, { recursive: true, force: true });
    }
  });
  cluster = await startCluster(lifetime, { home, logs, throwAway: true });
  return (name) => ensureDatabase(cluster, name);
}

/** Migrates and marks a database for the unit and integration tests, from the sources as they are. */
export async function prepareUnitDatabase(lifetime, { logs }, env) {
  const commands = await bundleOwnCommands(lifetime);
  await runOrThrow(lifetime, {
    name: 'commands/migrate',
    command: nodeBinary(),
    args: [join(commands, 'migrate.mjs')],
    cwd: rootDir,
    env,
    log: join(logs, 'migrate-unit.log'),
  });
  await markDatabase(env.DATABASE_URL, 'test');
}

/** What every test stack is given, on ports that are free now and with no setting of the caller's. */
export async function testStackOptions({ folder, logs }) {
  return {
    base: neutralEnvironment(),
    mode: 'test',
    port: await pickFreePort(),
    sandboxPort: await pickFreePort(2),
    secrets: loadSecrets(folder),
    dataDir: folder,
    logs,
  };
}

/** Portal and local Codat from finished builds, with demo data. */
export async function startTestStack(lifetime, options, { portalDir, sandboxDir, databaseUrl }) {
  const commandsDir = join(portalDir, 'commands');
  return await startStack(lifetime, {
    ...options,
    portalDir,
    sandboxDir,
    commandsDir,
    databaseUrl,
  });
}

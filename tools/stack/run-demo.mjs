import { join, relative } from 'node:path';
import { bundleOwnCommands, bundleSandbox } from '../building/bundle.mjs';
import { provideBuilds } from '../building/provide-builds.mjs';
import { dataDir, rootDir } from '../paths.mjs';
import { ensureDatabase, startCluster } from '../postgres/cluster.mjs';
import { step } from '../progress.mjs';
import { nodeBinary } from '../setup/node-binary.mjs';
import { ensurePackages } from '../setup/packages.mjs';
import { takeDataFolder } from './data-folder.mjs';
import { requireOwnDatabase } from './marker.mjs';
import { moveOlderAside } from './older-history.mjs';
import { refuseRealCodat } from './outside-services.mjs';
import { readPort, requireFreePort } from './ports.mjs';
import { keepRunningEnvironment } from './running-environment.mjs';
import { loadSecrets } from './secrets.mjs';
import { rejectWhenEnded, startStack } from './start-stack.mjs';

const logs = join(dataDir, 'logs');

/** `npm run demo` and `npm run dev`: all set-up, then portal and local Codat until interrupted. */
export async function runDemo(lifetime, mode) {
  const started = Date.now();
  const port = readPort('PORT', 3000);
  const sandboxPort = readPort('SANDBOX_PORT', 4010);
  refuseRealCodat(`npm run ${mode}`);
  await takeDataFolder(lifetime, dataDir, { what: `npm run ${mode}`, port, sandboxPort });
  await requireFreePort(port, 'PORT', 'the portal');
  await requireFreePort(sandboxPort, 'SANDBOX_PORT', 'the local Codat');
  await requireFreePort(sandboxPort + 1, 'SANDBOX_PORT', "the local Codat's sign-in pages");

  await ensurePackages(lifetime, `npm run ${mode}`);
  nodeBinary();
  const secrets = loadSecrets(dataDir);
  const [database, builds] = await Promise.all([
    startDatabase(lifetime, mode),
    mode === 'dev' ? bundleForDev(lifetime) : buildForDemo(lifetime),
  ]);
  const stack = await startStack(lifetime, {
    ...builds,
    ...{
      base: process.env,
      mode,
      port,
      sandboxPort,
      databaseUrl: database.url,
      secrets,
      dataDir,
      logs,
    },
    echo: mode === 'dev' || process.argv.includes('--logs'),
  });
  keepRunningEnvironment(lifetime, dataDir, stack.environment);
  printReady(stack.urls, started);
  await Promise.race([stack.untilOneDies, database.untilItDies]);
}

async function startDatabase(lifetime, mode) {
  const never = new Promise(() => {});
  if (process.env.DATABASE_URL) {
    console.log('  Using the database in DATABASE_URL');
    await requireOwnDatabase(process.env.DATABASE_URL, mode);
    return { url: process.env.DATABASE_URL, untilItDies: never };
  }
  const cluster = await step('Starting PostgreSQL', () =>
    startCluster(lifetime, { home: join(dataDir, 'postgres'), logs }),
  );
  if (cluster.relocatedTo) {
    console.log(
      `  PostgreSQL can’t run as root or enter ${dataDir}, so its data is in ${cluster.relocatedTo}`,
    );
  }
  const untilItDies = rejectWhenEnded(cluster.child);
  untilItDies.catch(() => {});
  const name = `portal_${mode}`;
  const url = await ensureDatabase(cluster, name);
  const sandboxFolder = join(dataDir, ...(mode === 'dev' ? ['dev'] : []), 'sandbox');
  const moved = await moveOlderAside(cluster, { name, sandboxFolder });
  if (moved) console.log(`  ${moved}`);
  return { url, untilItDies };
}

async function buildForDemo(lifetime) {
  const builds = await provideBuilds(lifetime, dataDir);
  return { ...builds, commandsDir: join(builds.portalDir, 'commands') };
}

async function bundleForDev(lifetime) {
  const sandboxDir = join(dataDir, 'builds', 'sandbox');
  await bundleSandbox(sandboxDir);
  return { sandboxDir, commandsDir: await bundleOwnCommands(lifetime) };
}

function printReady({ app, sandbox }, started) {
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`
Ready: ${app} · customer owner@example.com, admin admin@example.com, password demo-password-1 · local Codat ${sandbox}/_sandbox

  Sign in      ${app}/sign-in
  Codat        ${sandbox}/_sandbox   (act as the customer or the platform)
  Logs         ${relative(rootDir, logs) || logs}
  Took         ${seconds} s

Ctrl-C stops everything.`);
}

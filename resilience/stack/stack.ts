import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client, Pool } from 'pg';
import { neutralEnvironment } from '@/tools/building/portal-variables.mjs';
import { startChild } from '@/tools/processes/child.mjs';
import { Lifetime } from '@/tools/processes/lifetime.mjs';
import { runOrThrow } from '@/tools/processes/run.mjs';
import { nodeBinary } from '@/tools/setup/node-binary.mjs';
import { awaitHttp } from '@/tools/stack/await-http.mjs';
import { stackEnvironments } from '@/tools/stack/environment.mjs';
import { markDatabase } from '@/tools/stack/marker.mjs';
import { pickFreePort } from '@/tools/stack/ports.mjs';
import { loadSecrets } from '@/tools/stack/secrets.mjs';
import { Codat } from './codat';
import { Portal } from './portal';
import { settings } from './settings';

export type Stack = {
  lifetime: Lifetime;
  /** What the portal's processes are given, the port aside. */
  env: Record<string, string>;
  portals: Portal[];
  codat: Codat;
  /** The portal's database, seen from outside. */
  db: Pool;
  stop: () => Promise<void>;
};

type Options = {
  /** Names folder and database. */
  name: string;
  portals: number;
  /** A database of the attack's own; otherwise one is made in the cluster of the run. */
  databaseUrl?: string;
  /** Where people and Codat find the portal, when that is not its first process. */
  appUrl?: string;
  lifetime?: Lifetime;
  settings?: Record<string, string>;
  /** Starts what stands between the portal and the local Codat, and tells its address. */
  before?: (lifetime: Lifetime, codatUrl: string) => Promise<string>;
  /** By how much the clock of each process is wrong. */
  clockShiftsMs?: number[];
};

/**
 * Starts local Codat and portal processes on a migrated, empty database, and points this test
 * process's own environment at them, so that it can use `lib` as one more process of the portal.
 */
export async function startStack(options: Options): Promise<Stack> {
  const lifetime = options.lifetime ?? new Lifetime();
  const folder = join(settings.folder, options.name);
  const logs = join(folder, 'logs');
  const databaseUrl = options.databaseUrl ?? (await makeDatabase(options.name));
  const ports: number[] = [];
  for (let i = 0; i < options.portals; i += 1) ports.push(await pickFreePort());
  const port = ports[0] ?? (await pickFreePort());
  const environments = stackEnvironments({
    base: { ...neutralEnvironment(), APP_URL: options.appUrl ?? `http://127.0.0.1:${port}` },
    mode: 'test',
    port,
    sandboxPort: await pickFreePort(2),
    databaseUrl,
    secrets: loadSecrets(folder),
    dataDir: folder,
  });
  const env: Record<string, string> = { ...environments.portal, ...options.settings };
  await migrate(lifetime, env, logs);
  const codat = await startCodat(lifetime, environments.sandbox, logs);
  if (options.before) env.CODAT_API_URL = await options.before(lifetime, codat.url);
  const portals = ports.map(
    (own, index) =>
      new Portal(
        lifetime,
        `portal-${index + 1}`,
        { ...env, ...shiftedClock(options.clockShiftsMs?.[index]), PORT: String(own) },
        logs,
      ),
  );
  await Promise.all(portals.map((portal) => portal.start()));
  Object.assign(process.env, env);
  const db = new Pool({ connectionString: databaseUrl, max: 4, connectionTimeoutMillis: 5000 });
  db.on('error', () => {});
  lifetime.defer(() => db.end());
  return {
    lifetime,
    env,
    portals,
    codat,
    db,
    stop: async () => {
      await lifetime.end();
    },
  };
}

/** What makes a process's clock wrong from its first line on. */
function shiftedClock(byMs = 0): Record<string, string> {
  if (byMs === 0) return {};
  const preload = pathToFileURL(join(import.meta.dirname, 'shifted-clock.mjs'));
  return { NODE_OPTIONS: `--import=${preload}`, CLOCK_SHIFT_MS: String(byMs) };
}

async function makeDatabase(name: string): Promise<string> {
  const url = new URL(settings.databaseUrl);
  const database = `${url.pathname.slice(1)}_${name.replaceAll('-', '_')}`;
  const admin = new Client({ connectionString: settings.databaseUrl });
  await admin.connect();
  await admin.query(`drop database if exists "${database}" with (force)`);
  await admin.query(`create database "${database}"`);
  await admin.end();
  url.pathname = `/${database}`;
  return url.href;
}

async function migrate(
  lifetime: Lifetime,
  env: Record<string, string>,
  logs: string,
): Promise<void> {
  await runOrThrow(lifetime, {
    name: 'commands/migrate',
    command: nodeBinary(),
    args: [join(settings.portalDir, 'commands/migrate.mjs')],
    cwd: settings.portalDir,
    env,
    log: join(logs, 'migrate.log'),
  });
  await markDatabase(env.DATABASE_URL, 'test');
}

async function startCodat(
  lifetime: Lifetime,
  env: Record<string, string>,
  logs: string,
): Promise<Codat> {
  const url = `http://127.0.0.1:${env.SANDBOX_PORT}`;
  const child = startChild(lifetime, {
    name: 'The local Codat',
    command: nodeBinary(),
    args: [join(settings.sandboxDir, 'main.mjs')],
    cwd: settings.sandboxDir,
    env,
    log: join(logs, 'sandbox.log'),
    holdStdin: true,
    graceMs: 5000,
  });
  await awaitHttp(child, `${url}/_sandbox`, { status: undefined, timeoutMs: 30_000 });
  return new Codat(url, env.SANDBOX_API_KEY ?? '');
}

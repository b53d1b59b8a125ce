import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { ensureDatabase, startCluster } from '@/tools/postgres/cluster.mjs';
import { childrenOf } from '@/tools/processes/identity.mjs';
import type { Lifetime } from '@/tools/processes/lifetime.mjs';
import { settings } from './settings';
import { sleep } from './wait';

type Cluster = Awaited<ReturnType<typeof startCluster>>;

/** A PostgreSQL of an attack's own, that can be stopped, hung and filled up. */
export class Postgres {
  #cluster: Cluster | undefined;
  #hogs: Client[] = [];
  #hogging: Promise<void> | undefined;
  #isHogging = false;
  readonly #folder: string;

  constructor(
    readonly lifetime: Lifetime,
    name: string,
    readonly serverSettings: Record<string, string | number> = {},
  ) {
    this.#folder = join(settings.folder, name);
    // Registered first, so that it happens after the server has stopped.
    lifetime.defer(() => {
      const elsewhere = this.#cluster?.relocatedTo;
      if (elsewhere) rmSync(elsewhere, { recursive: true, force: true });
    });
  }

  /** Starts it, at the same address as before. @returns the URL of its one database. */
  async start(): Promise<string> {
    this.#cluster = await startCluster(this.lifetime, {
      home: join(this.#folder, 'postgres'),
      logs: join(this.#folder, 'logs'),
      throwAway: true,
      settings: this.serverSettings,
    });
    // A stopped process does not end when asked to, so whatever happens it is woken first.
    this.lifetime.defer(() => this.wake());
    return ensureDatabase(this.#cluster, 'portal');
  }

  async stop(): Promise<void> {
    await this.#running().child.stop();
  }

  /** Where its files are: `data`, and room for others that it may read and write. */
  get folder(): string {
    return this.#running().folder;
  }

  /** `kill -9` to every process of it. */
  async crash(): Promise<void> {
    this.#signal('SIGKILL');
    await this.#running().child.exited;
  }

  /** SIGSTOP to every process of it: connections stay open, and nothing answers any more. */
  hang(): void {
    this.#signal('SIGSTOP');
  }

  /** Ends `hang`. */
  wake(): void {
    this.#signal('SIGCONT');
  }

  /** Takes every connection there is, those of the portal included, until `letGo`. */
  async fillUp(): Promise<number> {
    const url = this.#running().url('postgres');
    const first = await connect(url);
    this.#hogs = [first];
    this.#isHogging = true;
    const deadline = performance.now() + 30_000;
    // Whoever asks first takes what a session leaves, so "full" is when it has lasted a while.
    for (let quiet = 0; quiet < 10; ) {
      if (performance.now() > deadline) throw new Error('PostgreSQL could not be filled up');
      quiet = (await this.#hog(first, url)) ? 0 : quiet + 1;
      await sleep(50);
    }
    this.#hogging = this.#keepHogging(first, url);
    return this.#hogs.length;
  }

  /** Ends `fillUp`. */
  async letGo(): Promise<void> {
    this.#isHogging = false;
    await this.#hogging;
    await Promise.all(this.#hogs.map((client) => client.end()));
    this.#hogs = [];
  }

  // Others of the run, this process among them, leave connections after a while.
  async #keepHogging(first: Client, url: string): Promise<void> {
    while (this.#isHogging) {
      await this.#hog(first, url);
      await sleep(20);
    }
  }

  /** Ends the portal's sessions and takes what is free. @returns whether there was anything. */
  async #hog(first: Client, url: string): Promise<boolean> {
    const { rowCount } = await first.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name like 'hosted-link-portal%'`,
    );
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => connect(url)));
    const got = tries.filter((one) => one.status === 'fulfilled').map(({ value }) => value);
    this.#hogs.push(...got);
    return rowCount !== 0 || got.length > 0;
  }

  #running(): Cluster {
    if (!this.#cluster) throw new Error('PostgreSQL was not started');
    return this.#cluster;
  }

  /** Its pid; null when it does not run. */
  #postmaster(): number | null {
    try {
      const file = join(this.#running().folder, 'data', 'postmaster.pid');
      return Number.parseInt(readFileSync(file, 'utf8'), 10) || null;
    } catch {
      return null;
    }
  }

  #signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
    const postmaster = this.#postmaster();
    if (!postmaster) return;
    // Backends are in groups of their own. The postmaster first: it must not make more.
    send(postmaster, signal);
    for (const pid of childrenOf(postmaster)) send(pid, signal);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by now.
  }
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  await client.connect();
  return client;
}

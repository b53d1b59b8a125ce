import { startChild } from '@/tools/processes/child.mjs';
import { childrenOf } from '@/tools/processes/identity.mjs';
import type { Lifetime } from '@/tools/processes/lifetime.mjs';
import { nodeBinary } from '@/tools/setup/node-binary.mjs';
import { awaitHttp } from '@/tools/stack/await-http.mjs';
import { settings } from './settings';
import { until } from './wait';

type Child = ReturnType<typeof startChild>;

/** One process of the portal, from the production build, that can be killed and started again. */
export class Portal {
  readonly url: string;
  #child: Child | undefined;
  #starts = 0;

  constructor(
    readonly lifetime: Lifetime,
    readonly name: string,
    readonly env: Record<string, string>,
    readonly logs: string,
  ) {
    this.url = `http://127.0.0.1:${env.PORT}`;
  }

  /** Starts it and waits until it is ready for requests. @returns how long that took. */
  async start(): Promise<number> {
    const startedAt = performance.now();
    this.#starts += 1;
    this.#child = startChild(this.lifetime, {
      name: this.name,
      command: nodeBinary(),
      args: ['server.js'],
      cwd: settings.portalDir,
      env: this.env,
      log: `${this.logs}/${this.name}-${this.#starts}.log`,
      graceMs: 30_000,
    });
    await awaitHttp(this.#child, `${this.url}/api/ready`, { status: 200, timeoutMs: 60_000 });
    return performance.now() - startedAt;
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    const { child, pid } = await this.#running();
    process.kill(pid, 'SIGKILL');
    await child.exited;
  }

  /** SIGTERM. @returns its exit code and how long it took to end. */
  async terminate(): Promise<{ code: number; ms: number }> {
    const { child, pid } = await this.#running();
    const startedAt = performance.now();
    process.kill(pid, 'SIGTERM');
    const code = (await child.exited) as number;
    return { code, ms: performance.now() - startedAt };
  }

  async pid(): Promise<number> {
    return (await this.#running()).pid;
  }

  // The child is the guard; the portal is the guard's own child.
  async #running(): Promise<{ child: Child; pid: number }> {
    const child = this.#child;
    if (!child) throw new Error(`${this.name} was not started`);
    const pid = await until('the portal runs', 2000, async () => childrenOf(child.pid)[0]);
    return { child, pid };
  }
}

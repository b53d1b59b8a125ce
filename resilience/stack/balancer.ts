import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Lifetime } from '@/scripts/processes/lifetime.mjs';

const askEveryMs = 250;
const hopByHop = ['connection', 'keep-alive', 'transfer-encoding'];

/**
 * A small load balancer: asks each process for `/api/ready` four times a second, passes requests to
 * those that said yes last, in turn, and keeps connections open. It tries another process only when
 * no connection came about, for then nothing can have had an effect.
 */
export class Balancer {
  url = '';
  targets: string[] = [];
  #ready = new Set<string>();
  #silences = new Map<string, number>();
  #turn = 0;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  static async open(lifetime: Lifetime): Promise<Balancer> {
    const balancer = new Balancer();
    const server = createServer((incoming, outgoing) => void balancer.#pass(incoming, outgoing));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    balancer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const timer = setInterval(() => void balancer.#ask(), askEveryMs);
    lifetime.defer(() => {
      clearInterval(timer);
      server.close();
      server.closeAllConnections();
      balancer.#agent.destroy();
    });
    return balancer;
  }

  /** Whether requests are passed to this process now. */
  isReady(target: string): boolean {
    return this.#ready.has(target);
  }

  async #ask(): Promise<void> {
    for (const target of this.targets) {
      const answer = await isReady(target);
      // A word is believed at once, silence the second time: the machine may be busy.
      const silences = answer === 'silent' ? (this.#silences.get(target) ?? 0) + 1 : 0;
      this.#silences.set(target, silences);
      if (answer === 'yes') this.#ready.add(target);
      else if (answer === 'no' || silences > 1) this.#ready.delete(target);
    }
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body: Buffer[] = [];
    for await (const chunk of incoming) body.push(chunk);
    const candidates = this.targets.filter((target) => this.#ready.has(target));
    this.#turn += 1;
    for (let tries = 0; tries < candidates.length; tries += 1) {
      const target = candidates[(this.#turn + tries) % candidates.length] ?? '';
      if (await this.#send(target, incoming, Buffer.concat(body), outgoing)) return;
    }
    if (!outgoing.headersSent) outgoing.writeHead(502, { 'x-balancer': 'no process' });
    outgoing.end();
  }

  /** @returns false when no connection came about. */
  #send(
    target: string,
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
  ): Promise<boolean> {
    return new Promise((resolve) => {
      const options = { method: incoming.method, headers: incoming.headers, agent: this.#agent };
      const upstream = request(target + incoming.url, options, (answer) => {
        const headers = Object.entries(answer.headers).filter(([name]) => !hopByHop.includes(name));
        outgoing.writeHead(answer.statusCode ?? 502, Object.fromEntries(headers));
        answer.pipe(outgoing);
        answer.on('end', () => resolve(true));
        answer.on('error', () => {
          outgoing.destroy();
          resolve(true);
        });
      });
      upstream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED') return resolve(false);
        if (!outgoing.headersSent) outgoing.writeHead(502, { 'x-balancer': error.code ?? 'error' });
        outgoing.end();
        resolve(true);
      });
      upstream.end(body);
    });
  }
}

async function isReady(target: string): Promise<'yes' | 'no' | 'silent'> {
  try {
    const response = await fetch(`${target}/api/ready`, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok ? 'yes' : 'no';
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'silent' : 'no';
  }
}

import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Kind = 'page' | 'form' | 'webhook' | 'file';
type Ending = { defer: (work: () => void) => unknown };

const askEveryMs = 250;
const hopByHop = ['connection', 'keep-alive', 'transfer-encoding'];

/**
 * A small load balancer: asks each process for `/api/ready` four times a second, passes requests to
 * those that said yes last, in turn, and keeps connections open. It tries another process only when
 * no connection came about, for then nothing can have had an effect, or when a file is not there,
 * which another build may have. Pages, forms and webhooks take turns each for themselves, so that
 * what belongs together goes to different processes.
 */
export class Balancer {
  url = '';
  targets: string[] = [];
  #ready = new Set<string>();
  #silences = new Map<string, number>();
  readonly #turns = new Map<string, number>();
  /** How many requests each process has answered, by kind. */
  readonly answered = new Map<string, Record<Kind, number>>();
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  static async open(lifetime: Ending): Promise<Balancer> {
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
    const kind = kindOf(incoming);
    const turn = (this.#turns.get(kind) ?? 0) + 1;
    this.#turns.set(kind, turn);
    for (let tries = 0; tries < candidates.length; tries += 1) {
      const target = candidates[(turn + tries) % candidates.length] ?? '';
      const isLast = tries === candidates.length - 1;
      const mayMiss = kind === 'file' && !isLast;
      if (!(await this.#send(target, incoming, Buffer.concat(body), outgoing, mayMiss))) continue;
      const counts = this.answered.get(target) ?? { page: 0, form: 0, webhook: 0, file: 0 };
      counts[kind] += 1;
      this.answered.set(target, counts);
      return;
    }
    if (!outgoing.headersSent) outgoing.writeHead(502, { 'x-balancer': 'no process' });
    outgoing.end();
  }

  /** @returns false when no connection came about, or nothing is there that `mayMiss`. */
  #send(
    target: string,
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
    mayMiss: boolean,
  ): Promise<boolean> {
    return new Promise((resolve) => {
      const options = { method: incoming.method, headers: incoming.headers, agent: this.#agent };
      const upstream = request(target + incoming.url, options, (answer) => {
        if (mayMiss && answer.statusCode === 404) {
          answer.resume();
          return resolve(false);
        }
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
      // Whoever leaves a live stream leaves it everywhere.
      outgoing.on('close', () => outgoing.writableFinished || upstream.destroy());
      upstream.end(body);
    });
  }
}

function kindOf({ method, url = '' }: IncomingMessage): Kind {
  if (url.startsWith('/_next/static/')) return 'file';
  if (url.startsWith('/api/webhooks/')) return 'webhook';
  return method === 'POST' ? 'form' : 'page';
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

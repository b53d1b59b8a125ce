import { createServer, type IncomingMessage } from 'node:http';
import { startChild } from '@/tools/processes/child.mjs';
import type { Lifetime } from '@/tools/processes/lifetime.mjs';
import { nodeBinary } from '@/tools/setup/node-binary.mjs';
import { awaitHttp } from '@/tools/stack/await-http.mjs';
import { pickFreePort } from '@/tools/stack/ports.mjs';
import { settings } from './settings';

const { CODAT_OPENAPI, PRISM_MAIN } = process.env;

/** Whether there are Codat’s schema and the tool; tools/testing/independent-judge.mjs finds them. */
export const hasJudge = Boolean(CODAT_OPENAPI && PRISM_MAIN);

/** Prism lets calls through to the local Codat, or answers them by published examples or at random. */
const ways = ['proxy', 'static', 'dynamic'] as const;
export type Way = (typeof ways)[number];

type Violation = { location: string[]; message: string };
export type JudgedCall = { method: string; path: string; status: number; violations: string[] };

/** What Codat documents, but not in this part of its schema. */
const documentedElsewhere = [
  /^\/profile\/syncSettings$/,
  /^\/companies\/[^/]+\/syncSettings$/,
  /^\/companies\/[^/]+\/connections\/[^/]+\/bankFeeds\/otp$/,
];

/** Prism between the portal and the local Codat, and what it finds in the calls. */
export class Judge {
  calls: JudgedCall[] = [];
  way: Way = 'proxy';

  private constructor(
    readonly url: string,
    readonly upstream: Record<Way, string>,
  ) {}

  static async start(lifetime: Lifetime, codatUrl: string): Promise<Judge> {
    const started = await Promise.all(ways.map((way) => startPrism(lifetime, way, codatUrl)));
    const upstream = Object.fromEntries(started) as Record<Way, string>;
    const port = await pickFreePort();
    const judge = new Judge(`http://127.0.0.1:${port}`, upstream);
    await judge.#listen(lifetime, port);
    return judge;
  }

  /** From here on calls are answered this way, and counted anew. */
  begin(way: Way): void {
    this.way = way;
    this.calls = [];
  }

  /** Every violation, with the call that it is of. */
  get violations(): string[] {
    return this.calls.flatMap(({ method, path, status, violations }) =>
      violations.map((violation) => `${method} ${path} ${status}: ${violation}`),
    );
  }

  /** The operations that were called, as `GET /companies/…`. */
  get operations(): string[] {
    const named = ({ method, path }: JudgedCall) =>
      `${method} ${path.replace(/[0-9a-f-]{36}/g, '…')}`;
    return [...new Set(this.calls.map(named))].sort();
  }

  // A mock’s own answers, random or published, break the schema here and there.
  #counts(path: string, { location, message }: Violation): boolean {
    if (this.way !== 'proxy' && location[0] !== 'request') return false;
    const isUnknown = message === 'Selected route not found';
    return !isUnknown || !documentedElsewhere.some((known) => known.test(path));
  }

  // Prism says what it finds in a header of its answer.
  async #listen(lifetime: Lifetime, port: number): Promise<void> {
    const server = createServer(async (request, response) => {
      const { method = 'GET', url: target = '/' } = request;
      const path = target.split('?')[0] ?? target;
      const answer = await fetch(this.upstream[this.way] + target, {
        method,
        headers: forwarded(request),
        body: method === 'GET' ? undefined : await readBody(request),
        redirect: 'manual',
      });
      const found = JSON.parse(answer.headers.get('sl-violations') ?? '[]') as Violation[];
      const violations = found.filter((one) => this.#counts(path, one)).map(say);
      this.calls.push({ method, path, status: answer.status, violations });
      const text = await answer.text();
      const body = this.way === 'dynamic' ? asAsked(path, text) : text;
      const type = answer.headers.get('content-type');
      response.writeHead(answer.status, type ? { 'content-type': type } : {});
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
    lifetime.defer(() => {
      server.closeAllConnections();
      server.close();
    });
  }
}

async function startPrism(lifetime: Lifetime, way: Way, codatUrl: string): Promise<[Way, string]> {
  const port = await pickFreePort();
  const url = `http://127.0.0.1:${port}`;
  const schema = CODAT_OPENAPI ?? '';
  const order = {
    proxy: ['proxy', schema, codatUrl],
    static: ['mock', schema],
    dynamic: ['mock', schema, '--dynamic'],
  }[way];
  const child = startChild(lifetime, {
    name: `Prism (${way})`,
    command: nodeBinary(),
    args: [PRISM_MAIN ?? '', ...order, '--host', '127.0.0.1', '--port', String(port)],
    cwd: settings.portalDir,
    env: process.env,
    log: `${settings.folder}/independent/logs/prism-${way}.log`,
    graceMs: 3000,
  });
  await awaitHttp(child, `${url}/companies`, { status: undefined, timeoutMs: 60_000 });
  return [way, url];
}

const say = ({ location, message }: Violation) => `${location.join('.')}: ${message}`;

/** A random company gets the id that was asked for: any other is refused before it is looked at. */
function asAsked(path: string, text: string): string {
  const [, id] = /^\/companies\/([^/]+)$/.exec(path) ?? [];
  const body: unknown = id && text.startsWith('{') ? JSON.parse(text) : null;
  return body ? JSON.stringify({ ...body, id }) : text;
}

function forwarded({ headers }: IncomingMessage): Record<string, string> {
  const { authorization = '', 'content-type': type, 'idempotency-key': key } = headers;
  return {
    authorization,
    ...(type && { 'content-type': type }),
    ...(typeof key === 'string' && { 'idempotency-key': key }),
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length > 0 ? Buffer.concat(chunks) : undefined;
}

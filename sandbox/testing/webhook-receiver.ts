import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  headers: IncomingHttpHeaders;
  /** The exact bytes as text. */
  body: string;
  event: {
    id: string;
    eventType: string;
    generatedDate: string;
    payload: {
      connection?: {
        status: string;
        linkUrl: string;
        dataConnectionErrors?: { statusCode: string }[];
      };
      [name: string]: unknown;
    };
  };
}

export interface WebhookReceiver {
  url: string;
  received: Received[];
  /** What the next deliveries are answered with. */
  answerWith(status: number, headers?: Record<string, string>): void;
  eventTypes(): string[];
  stop(): Promise<void>;
}

/** An endpoint that keeps every delivery. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  let answer: { status: number; headers: Record<string, string> } = { status: 204, headers: {} };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    received.push({ headers: request.headers, body, event: JSON.parse(body) });
    response.writeHead(answer.status, answer.headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answerWith: (status, headers = {}) => {
      answer = { status, headers };
    },
    eventTypes: () => received.map(({ event }) => event.eventType),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

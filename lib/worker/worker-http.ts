import 'server-only';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerScrape } from '@/lib/operations/metrics/answer-scrape';
import { logger } from '@/lib/runtime/logger';
import { getReadiness } from '@/lib/runtime/readiness';

/**
 * A separate worker has no pages. On this port it answers `/api/metrics`, `/api/health` and
 * `/api/ready` as the portal does. @returns what closes it.
 */
export async function serveWorkerHttp(port: number): Promise<() => void> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      logger.error({ err: error }, 'the worker’s HTTP server failed');
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  return () => {
    server.close();
    server.closeAllConnections();
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.method === 'GET' ? request.url : undefined;
  const json = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  if (path === '/api/health') {
    response.writeHead(200, json).end(JSON.stringify({ status: 'up' }));
  } else if (path === '/api/ready') {
    const status = await getReadiness();
    response.writeHead(status === 'ready' ? 200 : 503, json).end(JSON.stringify({ status }));
  } else if (path === '/api/metrics') {
    const { status, headers, text } = await answerScrape(request.headers.authorization ?? null);
    response.writeHead(status, headers).end(text);
  } else {
    response.writeHead(404).end();
  }
}

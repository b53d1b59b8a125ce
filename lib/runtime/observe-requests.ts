import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isUuid } from '@/lib/uuid';
import { enterLogContext } from './log-context';
import type { LogContext } from './log-state';
import { logger } from './logger';
import { getMetrics } from './process-metrics';
import type { RouteTable } from './route-table';

type Started = { request: IncomingMessage; response: ServerResponse };

/**
 * Gives every request that reaches this process an id, which each line of the log then carries, and
 * counts and logs its answer. Node announces a request before anybody handles it; a name that a
 * client has sent is replaced.
 */
export function observeRequests(routes: RouteTable): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as Started;
    const { route, params } = routes(request.url);
    const requestId = crypto.randomUUID();
    request.headers['x-request-id'] = requestId;
    const { companyId } = params;
    const context: LogContext = {
      requestId,
      ...(companyId && isUuid(companyId) && { companyId }),
    };
    enterLogContext(context);
    const startedAt = performance.now();
    getMetrics().httpOpen.inc();
    response.once('close', () => {
      const durationMs = performance.now() - startedAt;
      noteAnswer(request, response, { route, durationMs, context });
    });
  });
}

const methods = ['GET', 'HEAD', 'POST', 'OPTIONS'];
/** Requests that machines make all the time and nobody asks about. */
export const quietRoutes =
  /^\/(_next\/static|icon\.svg|api\/(health|ready|metrics|platforms\/.*))$/;

type Answered = { route: string; durationMs: number; context: LogContext };

function noteAnswer(request: IncomingMessage, response: ServerResponse, answered: Answered): void {
  const { route, durationMs, context } = answered;
  const { httpDuration, httpOpen, httpRequests } = getMetrics();
  const method = methods.includes(request.method ?? '') ? (request.method ?? '') : 'other';
  const status = response.statusCode;
  const isStream = String(response.getHeader('content-type')).startsWith('text/event-stream');
  httpOpen.dec();
  httpRequests.inc({ route, method, status });
  if (!isStream) httpDuration.observe({ route, method }, durationMs / 1000);
  // The address itself stays out of the log: it can hold a token.
  logger[quietRoutes.test(route) && status < 500 ? 'debug' : 'info'](
    {
      ...context,
      ...{ method, route, status, durationMs: Math.round(durationMs) },
      ...(!response.writableFinished && { broken: true }),
    },
    'request',
  );
}

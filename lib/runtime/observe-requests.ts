import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isUuid } from '@/lib/storable-text';
import type { Step } from './http';
import { enterLogContext, logger } from './logger';
import { getMetrics } from './process-metrics';
import type { LogContext } from './process-state';
import type { RouteTable } from './route-table';

/**
 * A step that gives a request an id, in place of any that the client sent, which each line of the
 * log then carries, and that counts and logs its answer.
 */
export function observeRequest(routes: RouteTable): Step {
  return ({ request, response }) => {
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
  };
}

const methods = ['GET', 'HEAD', 'POST', 'OPTIONS'];
/** Requests that machines make all the time and no one asks about. */
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

import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  type ContextManager,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Step } from '@/lib/runtime/http';
import type { RouteTable } from '@/lib/runtime/route-table';
import { ownTracer } from '@/lib/runtime/span';

/**
 * A step that makes a request a trace of its own, from its head to the end of its answer, in which
 * Next.js's spans then are. What a client says of its own trace is not believed.
 */
export function traceRequest(routes: RouteTable): Step {
  return ({ request, response }) => {
    const { route } = routes(request.url);
    const name = `${request.method} ${route}`;
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    const options = { kind: SpanKind.SERVER, attributes };
    const span = trace.getTracer(ownTracer).startSpan(name, options, ROOT_CONTEXT);
    enterContext(trace.setSpan(ROOT_CONTEXT, span));
    response.once('close', () => {
      const { statusCode } = response;
      // Next.js has overwritten them by now.
      span.updateName(name).setAttributes(attributes);
      span.setAttribute('http.response.status_code', statusCode);
      if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
  };
}

const storage = new AsyncLocalStorage<Context>();

/** Keeps the current span across asynchronous work. */
export const contexts: ContextManager = {
  active: () => storage.getStore() ?? ROOT_CONTEXT,
  with: (context, work, thisArg, ...args) => storage.run(context, () => work.apply(thisArg, args)),
  bind(context, target) {
    if (typeof target !== 'function') return target;
    const bound = (...args: unknown[]) => storage.run(context, () => target(...args));
    return bound as typeof target;
  },
  enable: () => contexts,
  disable: () => contexts,
};

/** From here to the end of this asynchronous context `context` holds. */
export function enterContext(context: Context): void {
  storage.enterWith(context);
}

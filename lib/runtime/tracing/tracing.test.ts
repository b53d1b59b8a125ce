import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterEach, expect, it, vi } from 'vitest';
import { CodatError } from '@/lib/codat/errors';
import { measureCall } from '@/lib/codat/measure-call';
import { onEachRequest } from '@/lib/runtime/http';
import { getLogContext, logger, noteInLog, withLogContext } from '@/lib/runtime/logger';
import { observeRequest } from '@/lib/runtime/observe-requests';
import { noteInSpan, withSpan } from '@/lib/runtime/span';
import { startTracing } from './start-tracing';
import { traceRequest } from './trace-requests';

type Sent = {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  status: { code?: number };
  attributes: { key: string; value: Record<string, unknown> }[];
};

const companyId = '0498e921-9b53-4396-a412-4f2f5983b0a2';
const servers: Server[] = [];

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A collector that keeps what it is sent. */
async function listenForSpans() {
  const bodies: string[] = [];
  const url = await listen(async (request, response) => {
    expect(request.url).toBe('/v1/traces');
    expect(request.headers['x-token']).toBe('a b');
    bodies.push(Buffer.concat(await request.toArray()).toString());
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const spans = () =>
    bodies
      .flatMap((body) => JSON.parse(body).resourceSpans)
      .flatMap((resource) => resource.scopeSpans)
      .flatMap((scope) => scope.spans as Sent[]);
  return { url, text: () => bodies.join(''), spans };
}

const valuesOf = (span: Sent | undefined) =>
  Object.fromEntries(
    (span?.attributes ?? []).map(({ key, value }) => [key, ...Object.values(value)]),
  );

afterEach(() => {
  trace.disable();
  context.disable();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it('changes nothing where no traces are wanted', async () => {
  const done = await withLogContext({ job: 'x' }, () =>
    withSpan('a', async () => {
      noteInSpan({ 'form.error': 'b' });
      expect(trace.getActiveSpan()).toBeUndefined();
      return getLogContext();
    }),
  );
  expect(done).toEqual({ job: 'x' });
});

it('tells how the parts of a request hang together, and nothing that is secret', async () => {
  const collector = await listenForSpans();
  vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'x-token=a%20b');
  const routes = (url = '') => ({
    route: url.startsWith('/api/health') ? '/api/health' : '/companies/[companyId]',
    params: { companyId },
  });
  onEachRequest([observeRequest(routes), traceRequest(routes)]);
  const stop = startTracing(collector.url, 'portal-test');
  let noted: ReturnType<typeof getLogContext>;
  const next = trace.getTracer('next.js');
  const portal = await listen((request, response) =>
    // As Next.js does it.
    next.startActiveSpan(
      `GET ${request.url}`,
      { attributes: { 'next.span_type': 'BaseServer.handleRequest', 'http.target': request.url } },
      async (span) => {
        noted ??= getLogContext();
        await withSpan('form', async () => {
          noteInLog({ actorId: 'actor-1' });
          noteInSpan({ 'form.error': 'conflict', 'form.email': 'CANARY' });
          await callCodat();
          const redirect = Object.assign(new Error('to CANARY'), {
            digest: 'NEXT_REDIRECT;CANARY',
          });
          await withSpan('read company', () => Promise.reject(redirect)).catch(() => {});
        });
        trace
          .getTracer('a stranger')
          .startSpan('CANARY', { attributes: { CANARY: 1 } })
          .end();
        span.recordException(new Error('CANARY'));
        span.setStatus({ code: SpanStatusCode.ERROR, message: 'CANARY' });
        span.addEvent('CANARY', { CANARY: 'CANARY' });
        span.end();
        response.writeHead(503).end();
      },
    ),
  );

  const strange = '00-11111111111111111111111111111111-2222222222222222-01';
  const headers = { traceparent: strange, cookie: 'session=CANARY' };
  await fetch(`${portal}/companies/${companyId}?state=CANARY`, { headers });
  await fetch(`${portal}/api/health`);
  next.startSpan('loading', { attributes: { 'next.span_type': 'LoadComponents' } }).end();
  await stop();

  expect(collector.text()).toContain('portal-test');
  expect(collector.text()).not.toContain('CANARY');
  const spans = collector.spans();
  const [request, ...others] = spans.filter(({ parentSpanId }) => !parentSpanId);
  expect(others).toEqual([]);
  expect(request?.name).toBe('GET /companies/[companyId]');
  expect(request?.status.code).toBe(SpanStatusCode.ERROR);
  expect(request?.traceId).not.toContain('1111111111');
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([noted?.traceId]));
  expect(valuesOf(request)).toEqual({
    'http.request.method': 'GET',
    'http.response.status_code': 503,
    'http.route': '/companies/[companyId]',
    'portal.requestId': noted?.requestId,
    'portal.companyId': companyId,
    'portal.actorId': 'actor-1',
  });

  const named = (name: string) => spans.filter((span) => span.name === name);
  const [handled] = named('BaseServer.handleRequest');
  const [form] = named('form');
  expect(handled).toMatchObject({ parentSpanId: request?.spanId });
  expect(form).toMatchObject({ parentSpanId: handled?.spanId });
  expect(valuesOf(form)).toMatchObject({ 'form.error': 'conflict' });
  expect(named('read company')[0]?.status.code ?? 0).toBe(SpanStatusCode.UNSET);
  expect(named('span')).toHaveLength(1);
  const calls = named('codat GET /companies/{id}');
  expect(calls.map(({ parentSpanId }) => parentSpanId)).toEqual([form?.spanId, form?.spanId]);
  expect(calls.map((call) => valuesOf(call)['codat.outcome'])).toEqual(['ok', 'server_error']);
});

async function callCodat(): Promise<void> {
  await measureCall({ method: 'GET', path: `/companies/${companyId}` }, async () => 'answer');
  const path = `/companies/${companyId}?otp=CANARY`;
  const failing = measureCall({ method: 'GET', path }, async () => {
    throw new CodatError('status', 'https://link.codat.io/?otp=CANARY', { status: 503 });
  });
  await failing.catch(() => {});
}

it('says once that the collector refuses, and drops what is too much', async () => {
  const warn = vi.spyOn(logger, 'warn').mockImplementation(() => {});
  const refuses = await listen((_, response) => response.writeHead(500).end());
  const stop = startTracing(refuses, 'portal-test');
  for (let i = 0; i < 5000; i += 1) await withSpan('form', async () => {});
  await stop().catch(() => {});
  await vi.waitFor(() => expect(warn).toHaveBeenCalled());
  expect(warn).toHaveBeenCalledOnce();
});

it('ends without a collector that never answers', async () => {
  vi.resetModules();
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', await listen(() => {}));
  const { stopTracing, traceIfWanted } = await import('./trace-if-wanted');
  await traceIfWanted();
  await (await import('@/lib/runtime/span')).withSpan('form', async () => {});
  const stoppedAt = performance.now();
  await stopTracing();
  expect(performance.now() - stoppedAt).toBeGreaterThan(1900);
  expect(performance.now() - stoppedAt).toBeLessThan(4000);
});

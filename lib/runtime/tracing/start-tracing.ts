import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { context, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { logger } from '@/lib/runtime/logger';
import { portalVersion } from '@/lib/runtime/process-metrics';
import { cleanSpan, noteSpan, sampler } from './own-spans';
import { contexts } from './trace-requests';

const complainEveryMs = 60_000;

/**
 * Sends the spans of this process, Next.js's own among them, to an OpenTelemetry collector over
 * HTTP, a batch every 5 s; what the collector does not take is dropped. Once a process.
 * @returns what sends the rest and ends it.
 */
export function startTracing(endpoint: string, serviceName: string): () => Promise<void> {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': serviceName,
      'service.version': portalVersion,
    }),
    sampler,
    spanProcessors: [noteSpan, new BatchSpanProcessor({ exporter: cleaned(exporter) })],
  });
  context.setGlobalContextManager(contexts);
  trace.setGlobalTracerProvider(provider);
  return () => provider.shutdown();
}

/** The exporter, given nothing but what may leave, and complaining once a minute at most. */
function cleaned(exporter: SpanExporter): SpanExporter {
  // A batch is sent in the course of whatever ended its first span, which it has nothing to do with.
  const onItsOwn = AsyncLocalStorage.snapshot();
  let complainedAt = Number.NEGATIVE_INFINITY;
  const complain = (error: Error) => {
    if (performance.now() - complainedAt < complainEveryMs) return;
    complainedAt = performance.now();
    onItsOwn(() => logger.warn({ err: error }, 'traces could not be sent'));
  };
  return {
    export: (spans, done) =>
      exporter.export(spans.map(cleanSpan), (result) => {
        if (result.error) complain(result.error);
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
  };
}

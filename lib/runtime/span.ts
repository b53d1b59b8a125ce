import 'server-only';
import { type Attributes, SpanStatusCode, trace } from '@opentelemetry/api';

/** Name of the tracer whose spans are the portal's own. */
export const ownTracer = 'portal';

/**
 * Does `work` as a span of the trace under way; where none are collected (`lib/tracing`), it is
 * `work` and nothing more. The name is of a closed set.
 */
export function withSpan<T>(name: string, work: () => Promise<T>): Promise<T> {
  return trace.getTracer(ownTracer).startActiveSpan(name, async (span) => {
    try {
      return await work();
    } catch (error) {
      if (!isNavigation(error)) span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Adds words of closed sets to the current span; `lib/runtime/tracing/own-spans.ts` lists the names. */
export function noteInSpan(attributes: Attributes): void {
  trace.getActiveSpan()?.setAttributes(attributes);
}

/** Next.js throws to redirect and to say that something is not found. */
function isNavigation(error: unknown): boolean {
  const { digest } = (error ?? {}) as { digest?: unknown };
  return typeof digest === 'string' && digest.startsWith('NEXT_');
}

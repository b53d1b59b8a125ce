import 'server-only';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { getLogContext, noteInLog } from '@/lib/runtime/log-context';
import type { LogContext } from '@/lib/runtime/process-state';

const owners = new WeakMap<ReadableSpan, LogContext>();

/** Remembers for which request, job or event a span was made, whose log then names the trace. */
export const noteSpan: SpanProcessor = {
  onStart(span) {
    noteInLog({ traceId: span.spanContext().traceId });
    const owner = getLogContext();
    if (owner) owners.set(span, owner);
  },
  onEnd() {},
  async forceFlush() {},
  async shutdown() {},
};

/** What the log says of whom a span was made for, as attributes: `portal.requestId` and so on. */
export function ownerAttributes(span: ReadableSpan): Record<string, string> {
  const { traceId: _, ...owner } = owners.get(span) ?? {};
  return Object.fromEntries(Object.entries(owner).map(([key, id]) => [`portal.${key}`, id]));
}

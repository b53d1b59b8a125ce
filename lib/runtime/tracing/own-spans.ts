import 'server-only';
import {
  ParentBasedSampler,
  type ReadableSpan,
  type Sampler,
  SamplingDecision,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import { getLogContext, noteInLog } from '@/lib/runtime/logger';
import { quietRoutes } from '@/lib/runtime/observe-requests';
import type { LogContext } from '@/lib/runtime/process-state';
import { ownTracer } from '@/lib/runtime/span';

/** Attributes of our own spans: numbers, templates of routes, and words of closed sets. */
const harmless = new Set([
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'codat.outcome',
  'form.error',
  'webhook.event_type',
  'webhook.state',
  'webhook.status',
]);

/**
 * A span as it may leave. Next.js puts whole addresses into names and attributes, and errors carry
 * what failed, so a one-time link, a state or an invitation: of its spans only the kind of step
 * stays, and of ours what is known to be harmless.
 */
export function cleanSpan(span: ReadableSpan): ReadableSpan {
  const { instrumentationScope, resource, startTime, endTime, duration, ended, kind } = span;
  const isOwn = instrumentationScope.name === ownTracer;
  const kept = Object.entries(span.attributes).filter(([name]) => isOwn && harmless.has(name));
  return {
    ...{ instrumentationScope, resource, startTime, endTime, duration, ended, kind },
    name: isOwn ? span.name : String(span.attributes['next.span_type'] ?? 'span'),
    attributes: { ...Object.fromEntries(kept), ...ownerAttributes(span) },
    spanContext: () => span.spanContext(),
    parentSpanContext: span.parentSpanContext,
    status: { code: span.status.code },
    links: [],
    events: [],
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

const root: Sampler = {
  shouldSample(_context, _traceId, _name, _kind, attributes) {
    const isQuiet = quietRoutes.test(String(attributes['http.route']));
    // Next.js loads every route at its start: a trace each, of no use.
    const isNextAlone = 'next.span_type' in attributes;
    const { NOT_RECORD, RECORD_AND_SAMPLED } = SamplingDecision;
    return { decision: isQuiet || isNextAlone ? NOT_RECORD : RECORD_AND_SAMPLED };
  },
  toString: () => 'portal',
};

/** Takes every request, job and event, but for requests that no person makes. */
export const sampler = new ParentBasedSampler({ root });

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

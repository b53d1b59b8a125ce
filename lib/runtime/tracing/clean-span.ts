import 'server-only';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { ownTracer } from '@/lib/runtime/span';
import { ownerAttributes } from './span-owner';

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

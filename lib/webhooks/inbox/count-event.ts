import 'server-only';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { noteInSpan } from '@/lib/runtime/span';
import { portalEventTypes } from './event-types';

/** Counts what became of a try at an event. Types that the portal does not act on are one. */
export function countEvent(event: { eventType: string; receivedAt: Date }, state: string): void {
  const { events, eventDelay } = getMetrics();
  const eventType = portalEventTypes.includes(event.eventType) ? event.eventType : 'other';
  events.inc({ event_type: eventType, state });
  noteInSpan({ 'webhook.event_type': eventType, 'webhook.state': state });
  const delayMs = Date.now() - event.receivedAt.getTime();
  if (state === 'processed') eventDelay.observe(Math.max(0, delayMs) / 1000);
}

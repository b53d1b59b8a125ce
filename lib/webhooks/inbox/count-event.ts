import 'server-only';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { databaseNow } from '@/lib/runtime/process-state';
import { noteInSpan } from '@/lib/runtime/span';
import { isReadEvent, portalEventTypes } from './event-types';

/** Counts what became of a try at an event. Types without a name here are `other`. */
export function countEvent(event: { eventType: string; receivedAt: Date }, state: string): void {
  const { events, eventDelay } = getMetrics();
  const eventType = labelOf(event.eventType);
  events.inc({ event_type: eventType, state });
  noteInSpan({ 'webhook.event_type': eventType, 'webhook.state': state });
  const delayMs = databaseNow() - event.receivedAt.getTime();
  if (state === 'processed') eventDelay.observe(Math.max(0, delayMs) / 1000);
}

/** Whatever products Codat names, the labels are as many. */
function labelOf(eventType: string): string {
  if (portalEventTypes.includes(eventType)) return eventType;
  return isReadEvent(eventType) ? 'read.completed' : 'other';
}

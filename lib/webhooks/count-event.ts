import 'server-only';
import { getMetrics } from '@/lib/process-metrics';
import { portalEventTypes } from './event-types';

/** Counts what became of a try at an event. Types that the portal does not act on are one. */
export function countEvent(event: { eventType: string; receivedAt: Date }, state: string): void {
  const { events, eventDelay } = getMetrics();
  const known = portalEventTypes.includes(event.eventType);
  events.inc({ event_type: known ? event.eventType : 'other', state });
  const delayMs = Date.now() - event.receivedAt.getTime();
  if (state === 'processed') eventDelay.observe(Math.max(0, delayMs) / 1000);
}

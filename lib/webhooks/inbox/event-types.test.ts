import { expect, it } from 'vitest';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { countEvent } from './count-event';
import { isReadEvent, portalEventTypes } from './event-types';

it.each([
  'read.completed',
  'read.completed.initial',
  'read.completed.successful',
  'read.completed.successful.initial',
  'read.completed.unsuccessful',
  'lending.read.completed',
  'spend-insights.read.completed.unsuccessful',
])('%s is a finished read', (type) => expect(isReadEvent(type)).toBe(true));

it.each([
  'read.completedly',
  'unread.completed',
  'read.started',
  'bills.write.successful',
  'connection.connected',
  '',
])('%s is none', (type) => expect(isReadEvent(type)).toBe(false));

it('subscribes to every form that a client without products of its own can get', () => {
  expect(portalEventTypes.filter(isReadEvent)).toHaveLength(5);
});

it('has as many labels in the metrics, whatever types Codat sends', async () => {
  const types = ['x.read.completed', 'y.read.completed.successful', 'moon.landed', 'a', 'b'];
  for (const eventType of types) countEvent({ eventType, receivedAt: new Date() }, 'bounded');
  const { values } = await getMetrics().events.get();
  const counted = values.filter(({ labels }) => labels.state === 'bounded');
  expect(counted.map(({ labels, value }) => [labels.event_type, value])).toEqual([
    ['read.completed', 2],
    ['other', 3],
  ]);
});

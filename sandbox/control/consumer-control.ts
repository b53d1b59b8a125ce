import type { Hono } from 'hono';
import { z } from 'zod';
import { signingSecret } from '@/sandbox/config';
import {
  type Consumer,
  consumerJson,
  getConsumer,
  listConsumers,
} from '@/sandbox/webhooks/consumers';
import { replayMissed } from '@/sandbox/webhooks/deliveries';
import { secretsOf } from '@/sandbox/webhooks/signing-secrets';
import type { World } from '@/sandbox/world';
import { ControlError, parseControl } from './control-error';
import { readControlBody } from './read-control-body';

const consumerChange = z.strictObject({
  disabled: z.boolean().optional(),
  eventTypes: z.array(z.string().min(1)).optional(),
  secrets: z.array(signingSecret).min(1).nullable().optional(),
});

const replayInput = z.strictObject({ since: z.iso.datetime({ offset: true }).optional() });

function requireConsumer(world: World, consumerId: string): Consumer {
  const consumer = getConsumer(world, consumerId);
  if (!consumer) throw new ControlError(404, `There is no consumer ${consumerId}`);
  return consumer;
}

function controlJson(world: World, consumer: Consumer) {
  return { ...consumerJson(consumer), secrets: secretsOf(world, consumer) };
}

/** What Codat offers for consumers only in its own portal: secrets, enabling, replay. */
export function consumerControlRoutes(world: World, api: Hono): void {
  api.get('/consumers', (c) =>
    c.json({ results: listConsumers(world).map((consumer) => controlJson(world, consumer)) }),
  );

  api.put('/consumers/:consumerId', async (c) => {
    const consumer = requireConsumer(world, c.req.param('consumerId'));
    const change = parseControl(consumerChange, await readControlBody(c));
    const disabled = change.disabled ?? consumer.disabled;
    const secrets = change.secrets === undefined ? consumer.secrets : change.secrets;
    world.store.run(
      `UPDATE consumers SET disabled = ?1, secrets = ?2, event_types = ?3,
         failing_since_at = CASE WHEN ?1 THEN failing_since_at END WHERE id = ?4`,
      disabled ? 1 : 0,
      secrets && JSON.stringify(secrets),
      JSON.stringify(change.eventTypes ?? consumer.eventTypes),
      consumer.id,
    );
    world.wake();
    return c.json(controlJson(world, requireConsumer(world, consumer.id)));
  });

  api.post('/consumers/:consumerId/replay', async (c) => {
    const consumer = requireConsumer(world, c.req.param('consumerId'));
    const { since } = parseControl(replayInput, await readControlBody(c));
    const messages = replayMissed(world, consumer, since ? Date.parse(since) : 0);
    return c.json({ messages });
  });
}

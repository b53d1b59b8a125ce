import { Hono } from 'hono';
import { ApiError } from '@/sandbox/errors/api-error';
import {
  consumerJson,
  createConsumer,
  deleteConsumer,
  listConsumers,
  parseConsumerInput,
} from '@/sandbox/webhooks/consumers';
import type { World } from '@/sandbox/world';
import { readJsonObject } from './read-json';

/** `/webhooks`: consumers can be listed, created and deleted, nothing else. */
export function webhookRoutes(world: World): Hono {
  const routes = new Hono();

  routes.get('/webhooks', (c) => c.json({ results: listConsumers(world).map(consumerJson) }));

  routes.post('/webhooks', async (c) => {
    const input = parseConsumerInput(await readJsonObject(c.req.raw));
    return c.json(consumerJson(createConsumer(world, input)), 201);
  });

  routes.delete('/webhooks/:webhookId', (c) => {
    const webhookId = c.req.param('webhookId');
    if (!deleteConsumer(world, webhookId)) {
      throw new ApiError(404, `No webhook was found with ID ${webhookId}`);
    }
    return c.body(null, 204);
  });

  return routes;
}

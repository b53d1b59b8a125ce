import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { addFault, clearFaults, faultSchema, listFaults } from '@/sandbox/api/faults';
import { readQuota } from '@/sandbox/api/quota';
import { clearRequests, listRequests } from '@/sandbox/api/request-log';
import { ALL_AGAINST, listAssumptions, usualSettings } from '@/sandbox/assumptions';
import { getProfile, profileSchema, saveProfile } from '@/sandbox/profile';
import { settingsChangeSchema } from '@/sandbox/settings';
import { listDeliveries, resendMessage } from '@/sandbox/webhooks/deliveries';
import type { World } from '@/sandbox/world';
import { companyControlRoutes } from './company-control';
import { consumerControlRoutes } from './consumer-control';
import { ControlError, parseControl } from './control-error';
import { readControlBody } from './read-control-body';
import { resetState } from './reset-state';

const assumptionsInput = z.strictObject({ hold: z.boolean() });

function readSince(c: Context): number {
  const since = c.req.query('since');
  if (since === undefined) return 0;
  const milliseconds = Date.parse(since);
  if (Number.isNaN(milliseconds)) throw new ControlError(400, 'since: not an ISO date');
  return milliseconds;
}

/** `/_sandbox/api`: for tests, without a key, on the loopback interface. */
export function createControlApi(world: World): Hono {
  const api = new Hono().basePath('/_sandbox/api');

  api.get('/requests', (c) => c.json({ results: listRequests(world, readSince(c)) }));
  api.delete('/requests', (c) => {
    clearRequests(world);
    return c.body(null, 204);
  });

  api.get('/deliveries', (c) => c.json({ results: listDeliveries(world) }));
  api.post('/deliveries/:webhookId/resend', (c) => {
    const webhookId = c.req.param('webhookId');
    if (!resendMessage(world, webhookId)) {
      throw new ControlError(404, `There is no message ${webhookId}`);
    }
    return c.json({ webhookId });
  });

  api.get('/faults', (c) => c.json({ results: listFaults(world) }));
  api.post('/faults', async (c) => {
    const fault = parseControl(faultSchema, await readControlBody(c));
    addFault(world, fault);
    return c.json(fault, 201);
  });
  api.delete('/faults', (c) => {
    clearFaults(world);
    return c.body(null, 204);
  });

  api.get('/settings', (c) => c.json(world.settings.current()));
  api.put('/settings', async (c) => {
    const change = parseControl(settingsChangeSchema, await readControlBody(c));
    const settings = world.settings.update(change);
    world.wake();
    return c.json(settings);
  });

  api.get('/assumptions', (c) => c.json({ results: listAssumptions(world.settings.current()) }));
  api.post('/assumptions', async (c) => {
    const { hold } = parseControl(assumptionsInput, await readControlBody(c));
    const settings = world.settings.update(hold ? usualSettings() : ALL_AGAINST);
    world.wake();
    return c.json(settings);
  });

  api.get('/profile', (c) => c.json(getProfile(world)));
  api.put('/profile', async (c) => {
    const change = parseControl(profileSchema.partial(), await readControlBody(c));
    return c.json(saveProfile(world, { ...getProfile(world), ...change }));
  });

  api.get('/quota', (c) => c.json(readQuota(world)));
  api.post('/reset', (c) => {
    resetState(world);
    return c.json({ reset: true });
  });

  companyControlRoutes(world, api);
  consumerControlRoutes(world, api);

  api.all('*', (c) => {
    throw new ControlError(404, `The control API has no ${c.req.method} ${c.req.path}`);
  });
  api.onError((error, c) => {
    if (error instanceof ControlError) return c.json({ error: error.message }, error.status);
    console.error(error);
    return c.json({ error: 'The local Codat had an error; see its log.' }, 500);
  });
  return api;
}

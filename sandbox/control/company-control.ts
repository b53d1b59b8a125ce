import type { Hono } from 'hono';
import { z } from 'zod';
import { listCompanies } from '@/sandbox/companies/list-companies';
import { getIntegration } from '@/sandbox/integrations/catalogue';
import { readPage } from '@/sandbox/query/paging';
import { companyJson } from '@/sandbox/records/company-json';
import { connectionJson, plainLinkUrls } from '@/sandbox/records/connection-json';
import { mapConnectionsOf, STATUSES } from '@/sandbox/records/connection-record';
import { emitEvent } from '@/sandbox/webhooks/emit-event';
import type { World } from '@/sandbox/world';
import { actOnConnection, isConnectionAction } from './connection-actions';
import { ControlError, parseControl } from './control-error';
import { putConnection } from './put-connection';
import { readControlBody } from './read-control-body';
import { requireControlCompany } from './require-subject';

const newConnection = z.strictObject({
  platformKey: z.string(),
  status: z.enum(STATUSES).default('Linked'),
});

const newEvent = z.strictObject({
  eventType: z.string().min(1),
  companyId: z.string().nullish(),
  payload: z.unknown(),
});

/** Companies, their connections, and events that nothing caused. */
export function companyControlRoutes(world: World, api: Hono): void {
  const urls = plainLinkUrls(world);

  api.get('/companies', (c) => {
    const page = readPage({ pageSize: '5000', ...c.req.query() });
    const { companies, total } = listCompanies(world, c.req.query(), page);
    const connections = mapConnectionsOf(
      world,
      companies.map(({ id }) => id),
    );
    const results = companies.map((company) =>
      companyJson(company, connections.get(company.id) ?? [], urls),
    );
    return c.json({ results, totalResults: total });
  });

  api.post('/companies/:companyId/connections', async (c) => {
    const company = requireControlCompany(world, c.req.param('companyId'));
    const { platformKey, status } = parseControl(newConnection, await readControlBody(c));
    const integration = getIntegration(platformKey);
    if (!integration) throw new ControlError(400, `platformKey: no platform has ${platformKey}`);
    const connection = putConnection(world, company, integration, status);
    return c.json(connectionJson(connection, urls), 201);
  });

  api.post('/connections/:connectionId/:action', async (c) => {
    const { connectionId, action } = c.req.param();
    if (!isConnectionAction(action)) throw new ControlError(404, `There is no action ${action}`);
    const connection = actOnConnection(world, connectionId, action, await readControlBody(c));
    return c.json(connection ? connectionJson(connection, urls) : { deleted: connectionId });
  });

  api.post('/events', async (c) => {
    const event = parseControl(newEvent, await readControlBody(c));
    const company = event.companyId ? requireControlCompany(world, event.companyId) : null;
    const webhookId = emitEvent(world, { ...event, company });
    return c.json({ webhookId }, 201);
  });
}

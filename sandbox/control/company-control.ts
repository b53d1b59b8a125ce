import type { Hono } from 'hono';
import { z } from 'zod';
import { createCompany } from '@/sandbox/companies/change-company';
import { parseNewCompany } from '@/sandbox/companies/company-input';
import { listCompanies } from '@/sandbox/companies/list-companies';
import { getIntegration, type Integration } from '@/sandbox/integrations/catalogue';
import { readPage } from '@/sandbox/query/paging';
import { companyJson } from '@/sandbox/records/company-json';
import { saveCompany } from '@/sandbox/records/company-record';
import { connectionJson, plainLinkUrls } from '@/sandbox/records/connection-json';
import { listConnectionsOf, mapConnectionsOf, STATUSES } from '@/sandbox/records/connection-record';
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

const newSubsidiary = newConnection.partial().extend({
  name: z.string().min(1),
  tags: z.record(z.string(), z.string()).optional(),
});

/** Hours between two reads of this company; 0 for none, null: as the client's. */
const syncSettingsChange = z.strictObject({ syncSchedule: z.number().int().min(0).nullable() });

const newEvent = z.strictObject({
  eventType: z.string().min(1),
  companyId: z.string().nullish(),
  payload: z.unknown(),
});

function requireKnown(platformKey: string): Integration {
  const integration = getIntegration(platformKey);
  if (!integration) throw new ControlError(400, `platformKey: no platform has ${platformKey}`);
  return integration;
}

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
      companyJson(world, company, connections.get(company.id) ?? [], urls),
    );
    return c.json({ results, totalResults: total });
  });

  api.post('/companies/:companyId/connections', async (c) => {
    const company = requireControlCompany(world, c.req.param('companyId'));
    const { platformKey, status } = parseControl(newConnection, await readControlBody(c));
    const connection = putConnection(world, company, requireKnown(platformKey), status);
    return c.json(connectionJson(connection, urls), 201);
  });

  api.post('/companies/:companyId/subsidiaries', async (c) => {
    const parent = requireControlCompany(world, c.req.param('companyId'));
    const { platformKey, status, ...input } = parseControl(newSubsidiary, await readControlBody(c));
    const { products } = parent;
    const company = createCompany(world, parseNewCompany({ ...input, products }), parent.id);
    if (platformKey !== undefined) {
      putConnection(world, company, requireKnown(platformKey), status ?? 'Linked');
    }
    return c.json(companyJson(world, company, listConnectionsOf(world, company.id), urls), 201);
  });

  api.put('/companies/:companyId/syncSettings', async (c) => {
    const company = requireControlCompany(world, c.req.param('companyId'));
    const { syncSchedule } = parseControl(syncSettingsChange, await readControlBody(c));
    saveCompany(world, { ...company, syncHours: syncSchedule });
    return c.json({ syncSchedule });
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

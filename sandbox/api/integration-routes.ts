import { type Context, Hono } from 'hono';
import { ApiError } from '@/sandbox/errors/api-error';
import { getIntegration, type Integration } from '@/sandbox/integrations/catalogue';
import {
  brandingJson,
  type IntegrationJson,
  integrationJson,
  listIntegrationJson,
} from '@/sandbox/integrations/integration-json';
import { compileQuery, type Fields } from '@/sandbox/query/match-query';
import { pageEnvelope, readOrder, readPage, sortBy } from '@/sandbox/query/paging';
import type { World } from '@/sandbox/world';

const FIELDS: Fields<IntegrationJson> = {
  key: { type: 'string', read: (i) => i.key },
  name: { type: 'string', read: (i) => i.name },
  enabled: { type: 'boolean', read: (i) => i.enabled },
  sourceType: { type: 'string', read: (i) => i.sourceType },
  sourceId: { type: 'string', read: (i) => i.sourceId },
  integrationId: { type: 'string', read: (i) => i.integrationId },
  isOfflineConnector: { type: 'boolean', read: (i) => i.isOfflineConnector },
  isBeta: { type: 'boolean', read: (i) => i.isBeta },
};

const ORDERS = ['name', 'key', 'enabled', 'sourceType'] as const;

/** `/integrations`. */
export function integrationRoutes(world: World): Hono {
  const routes = new Hono();
  const named = (c: Context): Integration => {
    const key = c.req.param('platformKey') ?? '';
    const integration = getIntegration(key);
    if (!integration) throw new ApiError(404, `No integration was found with key ${key}`);
    return integration;
  };

  routes.get('/integrations', (c) => {
    const { query, orderBy } = c.req.query();
    const page = readPage(c.req.query());
    const { field, descending } = readOrder(orderBy, ORDERS, 'name', 'Integration');
    const matches = query ? compileQuery(query, FIELDS, 'Integration') : () => true;
    const found = sortBy(listIntegrationJson(world).filter(matches), (i) => i[field], descending);
    const offset = (page.page - 1) * page.pageSize;
    const results = found.slice(offset, offset + page.pageSize);
    return c.json(pageEnvelope(results, found.length, page, new URL(c.req.url)));
  });

  routes.get('/integrations/:platformKey', (c) => c.json(integrationJson(world, named(c))));

  routes.get('/integrations/:platformKey/branding', (c) => c.json(brandingJson(world, named(c))));

  return routes;
}

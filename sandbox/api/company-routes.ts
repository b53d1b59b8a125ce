import { type Context, Hono } from 'hono';
import {
  createCompany,
  deleteCompany,
  replaceCompany,
  updateCompany,
} from '@/sandbox/companies/change-company';
import {
  parseCompanyChange,
  parseCompanyInput,
  parseNewCompany,
} from '@/sandbox/companies/company-input';
import { listCompanies } from '@/sandbox/companies/list-companies';
import { syncSettingsJson } from '@/sandbox/connections/sync-settings';
import { ApiError } from '@/sandbox/errors/api-error';
import { mintingLinkUrls } from '@/sandbox/link/one-time-passwords';
import { pageEnvelope, readPage } from '@/sandbox/query/paging';
import { companyJson } from '@/sandbox/records/company-json';
import { type Company, requireCompany } from '@/sandbox/records/company-record';
import { listConnectionsOf, mapConnectionsOf } from '@/sandbox/records/connection-record';
import type { World } from '@/sandbox/world';
import { accessToken } from './access-token';
import { readJsonObject } from './read-json';

/** `/companies` and `/companies/{companyId}`. */
export function companyRoutes(world: World): Hono {
  const routes = new Hono();
  const named = (c: Context) => requireCompany(world, c.req.param('companyId') ?? '');
  const answer = (company: Company, justCreated = false) =>
    companyJson(
      world,
      company,
      listConnectionsOf(world, company.id),
      mintingLinkUrls(world),
      justCreated,
    );

  routes.get('/companies', (c) => {
    const parameters = c.req.query();
    const page = readPage(parameters);
    const { companies, total } = listCompanies(world, parameters, page);
    const connections = mapConnectionsOf(
      world,
      companies.map(({ id }) => id),
    );
    const results = world.store.transaction(() => {
      const urls = mintingLinkUrls(world);
      return companies.map((company) =>
        companyJson(world, company, connections.get(company.id) ?? [], urls),
      );
    });
    return c.json(pageEnvelope(results, total, page, new URL(c.req.url)));
  });

  routes.post('/companies', async (c) => {
    const input = parseNewCompany(await readJsonObject(c.req.raw));
    return c.json(answer(createCompany(world, input), true));
  });

  routes.get('/companies/:companyId', (c) => c.json(answer(named(c))));

  routes.patch('/companies/:companyId', async (c) => {
    const company = named(c);
    const change = parseCompanyChange(await readJsonObject(c.req.raw));
    return c.json(answer(updateCompany(world, company, change)));
  });

  routes.put('/companies/:companyId', async (c) => {
    const company = named(c);
    const input = parseCompanyInput(await readJsonObject(c.req.raw));
    return c.json(answer(replaceCompany(world, company, input)));
  });

  routes.delete('/companies/:companyId', (c) => {
    deleteCompany(world, named(c));
    return c.body(null, 204);
  });

  routes.get('/companies/:companyId/accessToken', (c) => c.json(accessToken(world, named(c).id)));

  routes.get('/companies/:companyId/syncSettings', (c) =>
    c.json(syncSettingsJson(world, named(c))),
  );

  // Announced to answer 404 from 2026-10-12.
  routes.get('/companies/:companyId/connectionManagement/accessToken', () => {
    throw new ApiError(404);
  });

  return routes;
}

import { randomInt } from 'node:crypto';
import { type Context, Hono } from 'hono';
import {
  authorizeConnection,
  createConnection,
  deleteConnection,
  unlinkConnection,
} from '@/sandbox/connections/change-connection';
import { listMatchingConnections } from '@/sandbox/connections/list-connections';
import { ApiError, connectionNotFound, invalid } from '@/sandbox/errors/api-error';
import { getIntegration } from '@/sandbox/integrations/catalogue';
import { mintingLinkUrls } from '@/sandbox/link/one-time-passwords';
import { pageEnvelope, readPage } from '@/sandbox/query/paging';
import { type Company, requireCompany } from '@/sandbox/records/company-record';
import { connectionJson } from '@/sandbox/records/connection-json';
import { type Connection, getConnection } from '@/sandbox/records/connection-record';
import type { World } from '@/sandbox/world';
import { readJsonObject } from './read-json';

const LIST = '/companies/:companyId/connections';
const ONE = `${LIST}/:connectionId`;

function requireUsableIntegration(platformKey: unknown) {
  if (typeof platformKey !== 'string' || platformKey === '') {
    throw invalid('PlatformKey', "'Platform Key' must not be empty.", 'NotEmptyValidator');
  }
  const integration = getIntegration(platformKey);
  if (!integration) throw new ApiError(404, `No integration was found with key ${platformKey}`);
  if (!integration.enabled) {
    throw new ApiError(400, `Integration ${platformKey} is not enabled for this client.`);
  }
  return integration;
}

function requireTokens(body: Record<string, unknown>): void {
  const values = Object.values(body);
  if (values.length === 0 || values.some((value) => typeof value !== 'string')) {
    throw invalid('Authorization', 'A map of strings is expected.', 'AuthorizationValidator');
  }
}

/** `/companies/{companyId}/connections` and what is below it. */
export function connectionRoutes(world: World): Hono {
  const routes = new Hono();
  const companyOf = (c: Context): Company => requireCompany(world, c.req.param('companyId') ?? '');
  const named = (c: Context): { company: Company; connection: Connection } => {
    const company = companyOf(c);
    const connectionId = c.req.param('connectionId') ?? '';
    const connection = getConnection(world, connectionId);
    if (connection?.companyId !== company.id) throw connectionNotFound(connectionId);
    return { company, connection };
  };
  const answer = (connection: Connection) => connectionJson(connection, mintingLinkUrls(world));

  routes.get(LIST, (c) => {
    const page = readPage(c.req.query());
    const found = listMatchingConnections(world, companyOf(c).id, c.req.query());
    const offset = (page.page - 1) * page.pageSize;
    const results = found.slice(offset, offset + page.pageSize).map(answer);
    return c.json(pageEnvelope(results, found.length, page, new URL(c.req.url)));
  });

  routes.post(LIST, async (c) => {
    const company = companyOf(c);
    const { platformKey } = await readJsonObject(c.req.raw);
    const integration = requireUsableIntegration(platformKey);
    return c.json(answer(createConnection(world, company, integration)));
  });

  routes.get(ONE, (c) => c.json(answer(named(c).connection)));

  routes.patch(ONE, async (c) => {
    const { company, connection } = named(c);
    const { status } = await readJsonObject(c.req.raw);
    if (status !== 'Unlinked') {
      throw invalid('Status', "'Status' can only be changed to Unlinked.", 'StatusValidator');
    }
    if (connection.status !== 'Linked') {
      throw new ApiError(
        400,
        `Only a Linked connection can be unlinked; this one is ${connection.status}.`,
      );
    }
    return c.json(answer(unlinkConnection(world, company, connection)));
  });

  routes.delete(ONE, (c) => {
    const { company, connection } = named(c);
    deleteConnection(world, company, connection);
    return c.body(null, 200);
  });

  routes.put(`${ONE}/authorization`, async (c) => {
    const { company, connection } = named(c);
    requireTokens(await readJsonObject(c.req.raw));
    if (connection.status === 'Linked') return c.json(answer(connection));
    return c.json(answer(authorizeConnection(world, company, connection, { startsRead: false })));
  });

  // Published as a call; its answer is not.
  routes.post(`${ONE}/bankFeeds/otp`, (c) => {
    const { connection } = named(c);
    if (connection.platformKey !== 'olpr') {
      throw new ApiError(400, 'One-time passcodes are only for Sage Bank Feeds.');
    }
    const otp = String(randomInt(1_000_000)).padStart(6, '0');
    const { bankFeedPasscode } = world.settings.current();
    return c.json(bankFeedPasscode === 'text' ? otp : { otp, expiresIn: 3600 });
  });

  return routes;
}

import { requireIntegration } from '@/sandbox/integrations/catalogue';
import { compileQuery, type Fields } from '@/sandbox/query/match-query';
import { readOrder, sortBy } from '@/sandbox/query/paging';
import { type Connection, listConnectionsOf } from '@/sandbox/records/connection-record';
import type { World } from '@/sandbox/world';

const FIELDS: Fields<Connection> = {
  id: { type: 'string', read: (c) => c.id },
  status: { type: 'string', read: (c) => c.status },
  created: { type: 'date', read: (c) => c.createdMs },
  lastSync: { type: 'date', read: (c) => c.lastSyncMs },
  integrationKey: { type: 'string', read: (c) => c.platformKey },
  integrationId: { type: 'string', read: (c) => requireIntegration(c.platformKey).integrationId },
  sourceId: { type: 'string', read: (c) => requireIntegration(c.platformKey).sourceId },
  sourceType: { type: 'string', read: (c) => requireIntegration(c.platformKey).sourceType },
  platformName: { type: 'string', read: (c) => requireIntegration(c.platformKey).name },
};

const ORDERS = {
  created: (c) => c.createdMs,
  lastSync: (c) => c.lastSyncMs,
  status: (c) => c.status,
  platformName: (c) => requireIntegration(c.platformKey).name,
  id: (c) => c.id,
} satisfies Record<string, (connection: Connection) => string | number | null>;

/** A company's connections after `query`, in `orderBy`; throws the documented 400s. */
export function listMatchingConnections(
  world: World,
  companyId: string,
  parameters: Record<string, string | undefined>,
): Connection[] {
  const names = Object.keys(ORDERS) as (keyof typeof ORDERS)[];
  const { field, descending } = readOrder(parameters.orderBy, names, 'created', 'DataConnection');
  const matches = parameters.query
    ? compileQuery(parameters.query, FIELDS, 'DataConnection')
    : () => true;
  const found = listConnectionsOf(world, companyId).filter(matches);
  return sortBy(found, ORDERS[field], descending);
}

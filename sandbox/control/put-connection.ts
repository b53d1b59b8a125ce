import {
  authorizeConnection,
  createConnection,
  deauthorizeConnection,
  unlinkConnection,
} from '@/sandbox/connections/change-connection';
import type { Integration } from '@/sandbox/integrations/catalogue';
import type { Company } from '@/sandbox/records/company-record';
import type { Connection, ConnectionStatus } from '@/sandbox/records/connection-record';
import type { World } from '@/sandbox/world';

/** A connection brought to a status step by step, so that its events are those a person would cause. */
export function putConnection(
  world: World,
  company: Company,
  integration: Integration,
  status: ConnectionStatus,
): Connection {
  return world.store.transaction(() => {
    const created = createConnection(world, company, integration);
    if (status === 'PendingAuth') return created;
    const linked =
      created.status === 'Linked' ? created : authorizeConnection(world, company, created);
    if (status === 'Unlinked') return unlinkConnection(world, company, linked);
    if (status === 'Deauthorized') return deauthorizeConnection(world, company, linked);
    return linked;
  });
}

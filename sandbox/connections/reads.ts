import { requireIntegration } from '@/sandbox/integrations/catalogue';
import { dataTypesOf } from '@/sandbox/integrations/integration-json';
import { companyReferenceJson } from '@/sandbox/records/company-json';
import { getCompany } from '@/sandbox/records/company-record';
import {
  type Connection,
  getConnection,
  saveConnection,
} from '@/sandbox/records/connection-record';
import { emitEvent } from '@/sandbox/webhooks/emit-event';
import type { World } from '@/sandbox/world';

/** A read of a freshly authorized connection ends a little later; it survives a restart. */
export function scheduleInitialRead(world: World, connectionId: string): void {
  world.store.run(
    `INSERT INTO initial_reads (connection_id, due_at) VALUES (?, ?)
     ON CONFLICT (connection_id) DO UPDATE SET due_at = excluded.due_at`,
    connectionId,
    world.now() + world.settings.current().initialReadDelayMs,
  );
  world.wake();
}

/** Sets `lastSync` and announces the end of a read. */
export function completeRead(
  world: World,
  connection: Connection,
  eventType: 'read.completed' | 'read.completed.initial',
): void {
  const company = getCompany(world, connection.companyId);
  if (!company) return;
  world.store.transaction(() => {
    saveConnection(world, { ...connection, lastSyncMs: world.realNow() });
    const { sourceType } = requireIntegration(connection.platformKey);
    emitEvent(world, {
      eventType,
      company,
      payload: {
        referenceCompany: companyReferenceJson(company),
        dataTypes: dataTypesOf(sourceType).map((dataType) => ({
          connectionId: connection.id,
          dataType,
          recordsModified: true,
          status: 'Complete',
          issues: [],
        })),
      },
    });
  });
}

/** Ends every first read that is due; one of a connection no longer linked is dropped. */
export function completeDueReads(world: World): void {
  const due = world.store.all<{ connection_id: string }>(
    'SELECT connection_id FROM initial_reads WHERE due_at <= ? ORDER BY due_at',
    world.now(),
  );
  for (const { connection_id: connectionId } of due) {
    world.store.transaction(() => {
      world.store.run('DELETE FROM initial_reads WHERE connection_id = ?', connectionId);
      const connection = getConnection(world, connectionId);
      if (connection?.status === 'Linked') {
        completeRead(world, connection, 'read.completed.initial');
      }
    });
  }
}

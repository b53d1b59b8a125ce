import { requireIntegration } from '@/sandbox/integrations/catalogue';
import { dataTypesOf } from '@/sandbox/integrations/integration-json';
import { companyReferenceJson } from '@/sandbox/records/company-json';
import { type Company, getCompany } from '@/sandbox/records/company-record';
import {
  type Connection,
  getConnection,
  saveConnection,
} from '@/sandbox/records/connection-record';
import { emitEvent } from '@/sandbox/webhooks/emit-event';
import type { World } from '@/sandbox/world';
import { hoursBetweenReads } from './sync-settings';

const HOUR_MS = 60 * 60 * 1000;
const READS_A_TURN = 100;

/** When QuickBooks Desktop starts to read, in the customer's own schedule; taken as UTC. */
const DESKTOP_STARTS_AT_HOUR = 19;

/** What the data types of a read can end with. */
export const READ_STATUSES = [
  'Complete',
  'FetchError',
  'MapError',
  'InternalError',
  'ProcessingError',
  'ValidationError',
  'AuthError',
  'Cancelled',
  'NotSupported',
  'RateLimitError',
  'PermissionsError',
  'PrerequisiteNotMet',
] as const;

export interface ReadOutcome {
  status: (typeof READ_STATUSES)[number];
  /** Why, as an issue of each data type that failed. */
  message?: string | undefined;
  /** The data types that end so; the others are complete. Absent: all. */
  dataTypes?: readonly string[] | undefined;
  isInitial: boolean;
}

function firstReadDueAt(world: World, connection: Connection): number {
  if (connection.platformKey !== 'pqsw') {
    return world.now() + world.settings.current().initialReadDelayMs;
  }
  const evening = new Date(world.now()).setUTCHours(DESKTOP_STARTS_AT_HOUR, 0, 0, 0);
  return evening > world.now() ? evening : evening + 24 * HOUR_MS;
}

/** A read of a freshly authorized connection ends a little later; it survives a restart. */
export function scheduleInitialRead(world: World, connection: Connection): void {
  world.store.run(
    `INSERT INTO initial_reads (connection_id, due_at) VALUES (?, ?)
     ON CONFLICT (connection_id) DO UPDATE SET due_at = excluded.due_at`,
    connection.id,
    firstReadDueAt(world, connection),
  );
  world.wake();
}

/** What one read is announced as; a consumer gets those that it has subscribed to. */
function eventTypesOf(world: World, isInitial: boolean, hasFailed: boolean): string[] {
  const result = hasFailed ? 'unsuccessful' : 'successful';
  const { customProduct } = world.settings.current();
  if (customProduct !== null) {
    const own = `${customProduct}.read.completed`;
    return [own, `${own}.${result}`];
  }
  return [
    isInitial ? 'read.completed.initial' : 'read.completed',
    `read.completed.${result}`,
    ...(isInitial && !hasFailed ? ['read.completed.successful.initial'] : []),
  ];
}

function dataTypeJson(connection: Connection, dataType: string, outcome: ReadOutcome) {
  const isNamed = outcome.dataTypes?.includes(dataType) ?? true;
  const status = isNamed ? outcome.status : 'Complete';
  const issue = { type: 'error.read', message: outcome.message ?? `The read ended: ${status}` };
  return {
    connectionId: connection.id,
    dataType,
    recordsModified: status === 'Complete',
    status,
    issues: status === 'Complete' ? [] : [{ ...issue, links: {} }],
  };
}

function announceRead(
  world: World,
  company: Company,
  connection: Connection,
  outcome: ReadOutcome,
): boolean {
  const { sourceType } = requireIntegration(connection.platformKey);
  const dataTypes = dataTypesOf(sourceType).map((name) => dataTypeJson(connection, name, outcome));
  const hasFailed = dataTypes.some(({ status }) => status !== 'Complete');
  for (const eventType of eventTypesOf(world, outcome.isInitial, hasFailed)) {
    // In the forms for products, the first read after linking claims that nothing was modified.
    const isProductForm = !/^read\.completed(\.initial)?$/.test(eventType);
    const told = dataTypes.map((one) =>
      outcome.isInitial && isProductForm ? { ...one, recordsModified: false } : one,
    );
    const payload = { referenceCompany: companyReferenceJson(company), dataTypes: told };
    emitEvent(world, { eventType, company, payload });
  }
  return dataTypes.some(({ status }) => status === 'Complete');
}

/**
 * Ends a read and announces it. Where at least one data type is complete, `lastSync` is set and a
 * connection that had stopped is read again; a read that failed as a whole changes nothing else.
 */
export function endRead(world: World, connection: Connection, outcome: ReadOutcome): void {
  const company = getCompany(world, connection.companyId);
  if (!company) return;
  world.store.transaction(() => {
    if (!announceRead(world, company, connection, outcome)) return;
    saveConnection(world, { ...connection, lastSyncMs: world.realNow(), isStopped: false });
    world.store.run('DELETE FROM initial_reads WHERE connection_id = ?', connection.id);
  });
}

/** Ends every first read that is due; one of a connection no longer linked is dropped. */
export function completeFirstReads(world: World): void {
  const due = world.store.all<{ connection_id: string }>(
    'SELECT connection_id FROM initial_reads WHERE due_at <= ? ORDER BY due_at',
    world.now(),
  );
  for (const { connection_id: connectionId } of due) {
    world.store.transaction(() => {
      world.store.run('DELETE FROM initial_reads WHERE connection_id = ?', connectionId);
      const connection = getConnection(world, connectionId);
      if (connection?.status === 'Linked') {
        endRead(world, connection, { status: 'Complete', isInitial: true });
      }
    });
  }
}

/**
 * Reads again what was read longer ago than its interval. On the real clock, as `lastSync` is: moving
 * the clock never sets off a read of everything.
 */
export function completeScheduledReads(world: World): void {
  const rows = world.store.all<{ id: string }>(
    `SELECT c.id FROM connections c JOIN companies k ON k.id = c.company_id
     WHERE c.status = 'Linked' AND c.stopped = 0 AND c.last_sync_ms <= ?1 - ?2
       AND COALESCE(k.sync_hours, ?3) > 0
       AND c.last_sync_ms <= ?1 - COALESCE(k.sync_hours, ?3) * ?2
     ORDER BY c.last_sync_ms LIMIT ?4`,
    world.realNow(),
    HOUR_MS,
    hoursBetweenReads(world),
    READS_A_TURN,
  );
  for (const { id } of rows) {
    const connection = getConnection(world, id);
    if (connection) endRead(world, connection, { status: 'Complete', isInitial: false });
  }
}

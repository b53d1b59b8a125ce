import { randomUUID } from 'node:crypto';
import { type Integration, requireIntegration } from '@/sandbox/integrations/catalogue';
import { companyReferenceJson } from '@/sandbox/records/company-json';
import { type Company, touchCompany } from '@/sandbox/records/company-record';
import { connectionJson, plainLinkUrls } from '@/sandbox/records/connection-json';
import {
  type Connection,
  type ConnectionError,
  insertConnection,
  listConnectionsOf,
  saveConnection,
} from '@/sandbox/records/connection-record';
import { toSecondsIso } from '@/sandbox/timestamps';
import { emitEvent } from '@/sandbox/webhooks/emit-event';
import type { World } from '@/sandbox/world';
import { scheduleInitialRead } from './reads';

type ConnectionEvent =
  | 'created'
  | 'connected'
  | 'failed'
  | 'disconnected'
  | 'reconnected'
  | 'deleted';

function announce(
  world: World,
  event: ConnectionEvent,
  company: Company,
  connection: Connection,
): void {
  emitEvent(world, {
    eventType: `connection.${event}`,
    company,
    payload: {
      referenceCompany: companyReferenceJson(company),
      connection: connectionJson(connection, plainLinkUrls(world)),
    },
  });
}

/** Partner Expense and uploaded files: nothing is authorized, and nothing is read. */
const readsData = ({ platformKey }: Connection): boolean =>
  !['Expense', 'Other'].includes(requireIntegration(platformKey).sourceType);

/**
 * `none -> PendingAuth`. A connection that the client's own systems feed (`Expense`) or that holds
 * uploaded files (`Other`) is `Linked` from the start, and files are announced by no event.
 */
export function createConnection(
  world: World,
  company: Company,
  integration: Integration,
): Connection {
  const startsLinked = ['Expense', 'Other'].includes(integration.sourceType);
  const connection: Connection = {
    id: randomUUID(),
    companyId: company.id,
    platformKey: integration.key,
    status: startsLinked ? 'Linked' : 'PendingAuth',
    createdMs: world.realNow(),
    lastSyncMs: null,
    errors: [],
    wasLinked: startsLinked,
    accountName: null,
    isStopped: false,
  };
  world.store.transaction(() => {
    insertConnection(world, connection);
    if (integration.sourceType !== 'Other') announce(world, 'created', company, connection);
  });
  return connection;
}

function change(
  world: World,
  company: Company,
  next: Connection,
  event: ConnectionEvent,
): Connection {
  world.store.transaction(() => {
    saveConnection(world, next);
    announce(world, event, company, next);
  });
  return next;
}

/** `Linked -> Unlinked`: the client or the customer gives the access up. */
export function unlinkConnection(
  world: World,
  company: Company,
  connection: Connection,
): Connection {
  return change(world, company, { ...connection, status: 'Unlinked' }, 'disconnected');
}

/** Only one accounting connection is active: authorizing another unlinks the one before. */
function unlinkReplaced(world: World, company: Company, authorized: Connection): void {
  const isAccounting = ({ platformKey }: Connection): boolean =>
    requireIntegration(platformKey).sourceType === 'Accounting';
  if (!isAccounting(authorized)) return;
  for (const other of listConnectionsOf(world, company.id)) {
    if (other.id !== authorized.id && other.status === 'Linked' && isAccounting(other)) {
      unlinkConnection(world, company, other);
    }
  }
}

function resolved(world: World, { errors }: Connection): ConnectionError[] {
  const resolvedOnUtc = toSecondsIso(world.realNow());
  return errors.map((error) =>
    error.status === 'Active' ? { ...error, status: 'Resolved', resolvedOnUtc } : error,
  );
}

interface Authorization {
  accountName?: string | null;
  /** False after `PUT authorization`: tokens given by the client start no first read. */
  startsRead?: boolean;
}

/** `PendingAuth | Unlinked | Deauthorized -> Linked`, errors resolved, and the first read scheduled. */
export function authorizeConnection(
  world: World,
  company: Company,
  connection: Connection,
  { accountName = null, startsRead = true }: Authorization = {},
): Connection {
  return world.store.transaction(() => {
    unlinkReplaced(world, company, connection);
    const linked: Connection = {
      ...connection,
      status: 'Linked',
      wasLinked: true,
      accountName: accountName ?? connection.accountName,
      errors: resolved(world, connection),
    };
    change(world, company, linked, connection.wasLinked ? 'reconnected' : 'connected');
    if (startsRead && readsData(connection)) scheduleInitialRead(world, linked);
    return linked;
  });
}

function withError(
  world: World,
  connection: Connection,
  error: Omit<ConnectionError, 'status' | 'erroredOnUtc'>,
): Connection {
  const entry: ConnectionError = {
    ...error,
    erroredOnUtc: toSecondsIso(world.realNow()),
    status: 'Active',
  };
  return { ...connection, errors: [...connection.errors, entry] };
}

/** `Linked -> Deauthorized`: revoked at the platform, or expired. */
export function deauthorizeConnection(
  world: World,
  company: Company,
  connection: Connection,
): Connection {
  const text = 'The integration de-authorized access to the connection.';
  const next = withError(world, connection, {
    statusCode: '401',
    statusText: text,
    errorMessage: text,
  });
  return change(world, company, { ...next, status: 'Deauthorized' }, 'disconnected');
}

export type FailureReason = Omit<ConnectionError, 'status' | 'erroredOnUtc' | 'resolvedOnUtc'>;

export const CANCELLED: FailureReason = {
  statusCode: '403',
  statusText: 'User cancelled linking',
  errorMessage: 'User cancelled',
};

/** What a platform's own failure looks like. */
export function platformFailure({ name }: Integration): FailureReason {
  return {
    statusCode: '500',
    statusText: `${name} could not complete the request`,
    errorMessage: 'Unknown error occurred.',
  };
}

/** An error of the source on a connection whose status stays: no event tells of it. */
export function noteError(world: World, connection: Connection, reason: FailureReason): void {
  saveConnection(world, withError(world, connection, reason));
}

/** Marks every active error as resolved; no event tells of it. */
export function resolveErrors(world: World, connection: Connection): void {
  saveConnection(world, { ...connection, errors: resolved(world, connection) });
}

/** An authorization that did not succeed: the status stays, an error entry is added. */
export function failConnection(
  world: World,
  company: Company,
  connection: Connection,
  reason: FailureReason,
): Connection {
  return change(world, company, withError(world, connection, reason), 'failed');
}

/** Removes the connection; the event carries its last state. */
export function deleteConnection(
  world: World,
  company: Company,
  connection: Connection,
  announced = true,
): void {
  world.store.transaction(() => {
    world.store.run('DELETE FROM connections WHERE id = ?', connection.id);
    world.store.run('DELETE FROM initial_reads WHERE connection_id = ?', connection.id);
    touchCompany(world, company.id);
    if (announced) announce(world, 'deleted', company, connection);
  });
}

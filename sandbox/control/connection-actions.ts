import { z } from 'zod';
import {
  authorizeConnection,
  deauthorizeConnection,
  deleteConnection,
  failConnection,
  noteError,
  platformFailure,
  resolveErrors,
  unlinkConnection,
} from '@/sandbox/connections/change-connection';
import { endRead, READ_STATUSES } from '@/sandbox/connections/reads';
import { requireIntegration } from '@/sandbox/integrations/catalogue';
import {
  type Connection,
  getConnection,
  saveConnection,
} from '@/sandbox/records/connection-record';
import type { World } from '@/sandbox/world';
import { ControlError, parseControl } from './control-error';
import { requireSubject, type Subject } from './require-subject';

const failureInput = z.strictObject({
  statusCode: z.coerce
    .string()
    .regex(/^\d{3}$/)
    .optional(),
  statusText: z.string().optional(),
  errorMessage: z.string().optional(),
});

const readInput = z.strictObject({
  status: z.enum(READ_STATUSES).default('Complete'),
  message: z.string().optional(),
  dataTypes: z.array(z.string()).optional(),
  initial: z.boolean().default(false),
});

/** When data last came; null: never. Absent: as it is. */
const stopInput = z.strictObject({ lastSync: z.iso.datetime().nullable().optional() });

function requireLinked({ connection }: Subject, verb: string): void {
  if (connection.status === 'Linked') return;
  throw new ControlError(
    409,
    `Only a Linked connection can be ${verb}; it is ${connection.status}`,
  );
}

type Action = (world: World, subject: Subject, input: unknown) => unknown;

/** What a person, the platform or the client can do to a connection, by the last part of the path. */
const ACTIONS = {
  authorize: (world, { company, connection }) => {
    if (connection.status === 'Linked') throw new ControlError(409, 'It is Linked already');
    authorizeConnection(world, company, connection);
  },
  deauthorize: (world, subject) => {
    requireLinked(subject, 'deauthorized');
    deauthorizeConnection(world, subject.company, subject.connection);
  },
  unlink: (world, subject) => {
    requireLinked(subject, 'unlinked');
    unlinkConnection(world, subject.company, subject.connection);
  },
  fail: (world, { company, connection }, input) => {
    const given = parseControl(failureInput, input);
    const usual = platformFailure(requireIntegration(connection.platformKey));
    failConnection(world, company, connection, { ...usual, ...given });
  },
  error: (world, { connection }, input) => {
    const given = parseControl(failureInput, input);
    const usual = platformFailure(requireIntegration(connection.platformKey));
    noteError(world, connection, { ...usual, ...given });
  },
  resolve: (world, { connection }) => resolveErrors(world, connection),
  read: (world, subject, input) => {
    requireLinked(subject, 'read');
    const { initial, ...outcome } = parseControl(readInput, input);
    endRead(world, subject.connection, { ...outcome, isInitial: initial });
  },
  stop: (world, { connection }, input) => {
    const { lastSync } = parseControl(stopInput, input);
    const stopped = { ...connection, isStopped: true };
    const told = lastSync === null ? null : Date.parse(lastSync ?? '');
    saveConnection(world, lastSync === undefined ? stopped : { ...stopped, lastSyncMs: told });
    world.store.run('DELETE FROM initial_reads WHERE connection_id = ?', connection.id);
  },
  delete: (world, { company, connection }) => deleteConnection(world, company, connection),
} satisfies Record<string, Action>;

export type ConnectionAction = keyof typeof ACTIONS;

export function isConnectionAction(name: string): name is ConnectionAction {
  return Object.hasOwn(ACTIONS, name);
}

/** Does one action with all its events. Returns the connection afterwards, null when deleted. */
export function actOnConnection(
  world: World,
  connectionId: string,
  action: ConnectionAction,
  input: unknown = {},
): Connection | null {
  const act: Action = ACTIONS[action];
  act(world, requireSubject(world, connectionId), input);
  return getConnection(world, connectionId);
}

import { z } from 'zod';
import {
  authorizeConnection,
  deauthorizeConnection,
  deleteConnection,
  failConnection,
  platformFailure,
  unlinkConnection,
} from '@/sandbox/connections/change-connection';
import { completeRead } from '@/sandbox/connections/initial-read';
import { requireIntegration } from '@/sandbox/integrations/catalogue';
import { type Connection, getConnection } from '@/sandbox/records/connection-record';
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
  read: (world, subject) => {
    requireLinked(subject, 'read');
    completeRead(world, subject.connection, 'read.completed');
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

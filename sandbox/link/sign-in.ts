import { randomBytes } from 'node:crypto';
import {
  authorizeConnection,
  CANCELLED,
  failConnection,
  platformFailure,
} from '@/sandbox/connections/change-connection';
import { requireIntegration } from '@/sandbox/integrations/catalogue';
import { getCompany } from '@/sandbox/records/company-record';
import { type Connection, getConnection } from '@/sandbox/records/connection-record';
import type { World } from '@/sandbox/world';
import { type Flow, saveFlow } from './flow';

export type SignInResult = 'authorized' | 'cancelled' | 'failed';

/** One visit of a person to a platform's sign-in page. */
export interface SignIn {
  id: string;
  flowId: string;
  connectionId: string;
  result: SignInResult | null;
  accountName: string | null;
  applied: boolean;
}

interface SignInRow {
  id: string;
  flow_id: string;
  connection_id: string;
  result: SignInResult | null;
  account_name: string | null;
  applied: number;
}

/** The visit of this id, or null. */
export function getSignIn({ store }: World, signInId: string): SignIn | null {
  const row = store.get<SignInRow>('SELECT * FROM sign_ins WHERE id = ?', signInId);
  return row
    ? {
        id: row.id,
        flowId: row.flow_id,
        connectionId: row.connection_id,
        result: row.result,
        accountName: row.account_name,
        applied: row.applied === 1,
      }
    : null;
}

/** Sends the person to the platform; until they come back the flow counts as unfinished. */
export function startSignIn(world: World, flow: Flow, connection: Connection): string {
  const id = randomBytes(18).toString('base64url');
  world.store.run(
    'INSERT INTO sign_ins (id, flow_id, connection_id) VALUES (?, ?, ?)',
    id,
    flow.id,
    connection.id,
  );
  saveFlow(world, {
    ...flow,
    lastConnectionId: connection.id,
    problem: 'unfinished',
    problemText: null,
  });
  return `${world.platformUrl}/authorize/${id}`;
}

/** What the person did at the platform; the first answer counts. */
export function decideSignIn(
  { store }: World,
  signInId: string,
  result: SignInResult,
  accountName: string | null,
): void {
  store.run(
    'UPDATE sign_ins SET result = ?, account_name = ? WHERE id = ? AND result IS NULL',
    result,
    accountName,
    signInId,
  );
}

function applyResult(world: World, flow: Flow, connection: Connection, signIn: SignIn): void {
  const company = getCompany(world, flow.companyId);
  if (!company) return;
  const integration = requireIntegration(connection.platformKey);
  if (signIn.result === 'authorized') {
    if (connection.status !== 'Linked') {
      authorizeConnection(world, company, connection, { accountName: signIn.accountName });
    }
    saveFlow(world, { ...flow, problem: null });
    return;
  }
  const reason = signIn.result === 'cancelled' ? CANCELLED : platformFailure(integration);
  failConnection(world, company, connection, reason);
  const problem = signIn.result === 'cancelled' ? 'cancelled' : 'failed';
  saveFlow(world, { ...flow, problem, problemText: reason.statusText });
}

/** Whether this connection was authorized in this flow. */
export function hasAuthorized({ store }: World, flow: Flow, connectionId: string): boolean {
  const row = store.get(
    `SELECT 1 FROM sign_ins
     WHERE flow_id = ? AND connection_id = ? AND applied = 1 AND result = 'authorized'`,
    flow.id,
    connectionId,
  );
  return row !== undefined;
}

/** What was authorized last in this flow and is linked still, or null. */
export function getLastAuthorized(world: World, flow: Flow): Connection | null {
  const rows = world.store.all<{ connection_id: string }>(
    `SELECT connection_id FROM sign_ins WHERE flow_id = ? AND applied = 1 AND result = 'authorized'
     ORDER BY seq DESC`,
    flow.id,
  );
  const authorized = rows.map(({ connection_id: id }) => getConnection(world, id));
  return authorized.find((connection) => connection?.status === 'Linked') ?? null;
}

/** Lets the person's return from the platform take effect, once however often it is loaded. */
export function applySignIn(world: World, flow: Flow, signIn: SignIn): void {
  world.store.transaction(() => {
    const isFirst = world.store.run(
      'UPDATE sign_ins SET applied = 1 WHERE id = ? AND applied = 0 AND result IS NOT NULL',
      signIn.id,
    );
    const connection = getConnection(world, signIn.connectionId);
    if (isFirst && connection) applyResult(world, flow, connection, signIn);
  });
}

import { randomBytes } from 'node:crypto';
import type { World } from '@/sandbox/world';

const KEPT_MS = 24 * 60 * 60 * 1000;

/** Why nothing was authorized so far. */
export type Problem = 'unfinished' | 'cancelled' | 'failed' | 'unsupported';

/** One person's way through Hosted Link, from opening a Link URL to the redirect. */
export interface Flow {
  id: string;
  companyId: string;
  /** Set when a connection's own `linkUrl` was opened: no choice of platform. */
  connectionId: string | null;
  /** With one-time links: the only browser that may go on. */
  browser: string | null;
  /** Query of the Link URL without the one-time password. */
  parameters: Record<string, string>;
  lastConnectionId: string | null;
  problem: Problem | null;
  /** The platform's own text after a failure, the platform key when unsupported. */
  problemText: string | null;
  finishedWith: FlowResult | null;
}

export interface FlowResult {
  statusCode: number;
  /** Null: no redirect URL is configured. */
  url: string | null;
}

interface FlowRow {
  id: string;
  company_id: string;
  connection_id: string | null;
  browser: string | null;
  parameters: string;
  last_connection_id: string | null;
  problem: Problem | null;
  problem_text: string | null;
  finished_with: string | null;
}

/** The flow of this id, or null; one untouched for a day is gone. */
export function getFlow(world: World, flowId: string): Flow | null {
  const row = world.store.get<FlowRow>(
    'SELECT * FROM flows WHERE id = ? AND touched_at > ?',
    flowId,
    world.now() - KEPT_MS,
  );
  if (!row) return null;
  return {
    id: row.id,
    companyId: row.company_id,
    connectionId: row.connection_id,
    browser: row.browser,
    parameters: JSON.parse(row.parameters) as Record<string, string>,
    lastConnectionId: row.last_connection_id,
    problem: row.problem,
    problemText: row.problem_text,
    finishedWith: row.finished_with === null ? null : (JSON.parse(row.finished_with) as FlowResult),
  };
}

type NewFlow = Pick<Flow, 'companyId' | 'connectionId' | 'browser' | 'parameters'>;

/** Starts a flow and returns its unguessable id. */
export function startFlow(world: World, flow: NewFlow): string {
  const id = randomBytes(18).toString('base64url');
  world.store.run('DELETE FROM flows WHERE touched_at <= ?', world.now() - KEPT_MS);
  world.store.run('DELETE FROM sign_ins WHERE flow_id NOT IN (SELECT id FROM flows)');
  world.store.run(
    `INSERT INTO flows (id, company_id, connection_id, browser, parameters, touched_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    id,
    flow.companyId,
    flow.connectionId,
    flow.browser,
    JSON.stringify(flow.parameters),
    world.now(),
  );
  return id;
}

/** Writes what has changed in a flow. */
export function saveFlow(world: World, flow: Flow): Flow {
  world.store.run(
    `UPDATE flows SET last_connection_id = ?, problem = ?, problem_text = ?, finished_with = ?,
       touched_at = ? WHERE id = ?`,
    flow.lastConnectionId,
    flow.problem,
    flow.problemText,
    flow.finishedWith && JSON.stringify(flow.finishedWith),
    world.now(),
    flow.id,
  );
  return flow;
}

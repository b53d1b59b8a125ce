import 'server-only';
import { type SessionClient, sessionClient } from '@/db/session';
import { getEnv } from '@/env';
import { logger } from '@/lib/runtime/logger';
import { remember } from '@/lib/runtime/process-state';
import { companyChannel, personChannel } from './publish';

/** How often the connection is asked whether it is still there. */
const askEveryMs = 20_000;

/** What one process hears: changed companies, or a person whose session or rights changed. */
export type LiveNotice =
  | { kind: 'companies'; companyIds: string[] }
  | { kind: 'person'; userId: string }
  /** Notices may have been missed: look again. */
  | { kind: 'gap' };

export type Subscriber = (notice: LiveNotice) => void;

/** For how long changes are remembered, for pages that were rendered just before their stream opened. */
const rememberMs = 60_000;

type Hub = {
  subscribers: Set<Subscriber>;
  client: SessionClient | null;
  connecting: boolean;
  listeningSinceMs: number;
  recent: { atMs: number; companyIds: string[] }[];
};

const getHub = () =>
  remember<Hub>('live hub', () => ({
    subscribers: new Set(),
    client: null,
    connecting: false,
    listeningSinceMs: 0,
    recent: [],
  }));

/**
 * Calls `subscriber` with every notice until the returned function is called. All subscribers of a
 * process share one LISTEN connection, opened with the first.
 */
export function subscribe(subscriber: Subscriber): () => void {
  const hub = getHub();
  hub.subscribers.add(subscriber);
  void listen(hub);
  return () => hub.subscribers.delete(subscriber);
}

/** Companies that changed within the last `ageMs`; null when this process wasn't listening then. */
export function changedWithin(ageMs: number): string[] | null {
  const hub = getHub();
  const sinceMs = performance.now() - ageMs;
  // Before the first connection there is nothing to say: it opens with a notice of a gap.
  if (!hub.client) return [];
  if (hub.listeningSinceMs > sinceMs || ageMs > rememberMs) return null;
  return hub.recent.filter(({ atMs }) => atMs >= sinceMs).flatMap(({ companyIds }) => companyIds);
}

async function listen(hub: Hub): Promise<void> {
  if (hub.client || hub.connecting) return;
  hub.connecting = true;
  const client = sessionClient(getEnv().DATABASE_URL, {
    connectionTimeoutMillis: 3000,
    keepAlive: true,
    query_timeout: 5000,
    statementTimeoutMs: 4000,
    application_name: 'hosted-link-portal-live',
  });
  // A connection that the network dropped silently says nothing, so it is asked.
  const ask = setInterval(() => client.query('select 1').catch(lost), askEveryMs).unref();
  let isLost = false;
  const lost = (error?: Error) => {
    if (isLost) return;
    isLost = true;
    clearInterval(ask);
    if (hub.client === client) hub.client = null;
    if (error) logger.warn({ err: error }, 'the live connection was lost');
    client.removeAllListeners('end');
    client.end().catch(() => {});
    setTimeout(() => void listen(hub), 1000).unref();
  };
  client.on('error', lost);
  client.on('end', () => lost());
  client.on('notification', ({ channel, payload = '' }) => {
    const notice = channel === personChannel ? personNotice(payload) : companiesNotice(payload);
    broadcast(hub, notice);
  });
  try {
    await client.connect();
    await client.query(`listen ${companyChannel}; listen ${personChannel}`);
    // It may have been cut off in the very moment in which it answered.
    if (isLost) return;
    hub.client = client;
    hub.listeningSinceMs = performance.now();
    hub.recent = [];
    broadcast(hub, { kind: 'gap' });
  } catch (error) {
    lost(error instanceof Error ? error : undefined);
  } finally {
    hub.connecting = false;
  }
}

function broadcast(hub: Hub, notice: LiveNotice): void {
  if (notice.kind === 'companies') {
    const nowMs = performance.now();
    hub.recent = hub.recent.filter(({ atMs }) => atMs > nowMs - rememberMs);
    hub.recent.push({ atMs: nowMs, companyIds: notice.companyIds });
  }
  for (const subscriber of hub.subscribers) subscriber(notice);
}

function personNotice(payload: string): LiveNotice {
  return { kind: 'person', userId: payload };
}

function companiesNotice(payload: string): LiveNotice {
  try {
    const ids: unknown = JSON.parse(payload);
    if (!Array.isArray(ids)) return { kind: 'gap' };
    return { kind: 'companies', companyIds: ids.filter((id) => typeof id === 'string') };
  } catch {
    return { kind: 'gap' };
  }
}

/** Ends the process's LISTEN connection. */
export async function stopListening(): Promise<void> {
  const { client } = getHub();
  getHub().client = null;
  client?.removeAllListeners();
  client?.on('error', () => {});
  await client?.end().catch(() => {});
}

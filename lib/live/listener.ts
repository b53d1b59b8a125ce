import 'server-only';
import { Client } from 'pg';
import { getEnv } from '@/env';
import { logger } from '@/lib/runtime/logger';
import { liveChannel } from './publish';

/** How often the connection is asked whether it is still there. */
const askEveryMs = 20_000;

export type Subscriber = (companyIds: string[]) => void;

type Hub = { subscribers: Set<Subscriber>; client: Client | null; connecting: boolean };

const held = globalThis as typeof globalThis & { portalLive?: Hub };

function getHub(): Hub {
  held.portalLive ??= { subscribers: new Set(), client: null, connecting: false };
  return held.portalLive;
}

/**
 * Calls `subscriber` with the ids of changed companies until the returned function is called. An
 * empty list means that notices may have been missed: look again. All subscribers of a process
 * share one LISTEN connection, opened with the first.
 */
export function subscribe(subscriber: Subscriber): () => void {
  const hub = getHub();
  hub.subscribers.add(subscriber);
  void listen(hub);
  return () => hub.subscribers.delete(subscriber);
}

async function listen(hub: Hub): Promise<void> {
  if (hub.client || hub.connecting) return;
  hub.connecting = true;
  const client = new Client({
    connectionString: getEnv().DATABASE_URL,
    connectionTimeoutMillis: 3000,
    keepAlive: true,
    query_timeout: 5000,
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
  client.on('notification', ({ payload }) => broadcast(hub, parseNotice(payload)));
  try {
    await client.connect();
    await client.query(`listen ${liveChannel}`);
    // It may have been cut off in the very moment in which it answered.
    if (isLost) return;
    hub.client = client;
    broadcast(hub, []);
  } catch (error) {
    client.removeAllListeners('error');
    client.on('error', () => {});
    lost(error instanceof Error ? error : undefined);
  } finally {
    hub.connecting = false;
  }
}

function broadcast(hub: Hub, companyIds: string[]): void {
  for (const subscriber of hub.subscribers) subscriber(companyIds);
}

function parseNotice(payload: string | undefined): string[] {
  try {
    const ids: unknown = JSON.parse(payload ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
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

import 'server-only';
import { sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { type SessionClient, sessionClient } from '@/db/session';
import { getEnv } from '@/env';
import { logger } from '@/lib/runtime/logger';
import { remember } from '@/lib/runtime/process-state';
import { companyChannel, personChannel } from './publish';

/** How often it is tried whether notices still arrive. */
const askEveryMs = 20_000;
/** Within this a notice that was sent is there, also on a busy machine. */
const arrivesMs = 2000;
/** While none arrive, pages are told this often to look again. */
const deafEveryMs = 10_000;
/** On which a process hears itself, and only itself. */
const ownChannel = `portal_live_${crypto.randomUUID().replaceAll('-', '')}`;

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
  /** Notices don't arrive: a pooler gives each transaction another connection. */
  isDeaf: boolean;
  recent: { atMs: number; companyIds: string[] }[];
};

const getHub = () =>
  remember<Hub>('live hub', () => ({
    subscribers: new Set(),
    client: null,
    connecting: false,
    listeningSinceMs: 0,
    isDeaf: false,
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
  if (hub.isDeaf || hub.listeningSinceMs > sinceMs || ageMs > rememberMs) return null;
  return hub.recent.filter(({ atMs }) => atMs >= sinceMs).flatMap(({ companyIds }) => companyIds);
}

async function listen(hub: Hub): Promise<void> {
  if (hub.client || hub.connecting) return;
  hub.connecting = true;
  const { DATABASE_URL, DATABASE_DIRECT_URL } = getEnv();
  const client = sessionClient(DATABASE_DIRECT_URL ?? DATABASE_URL, {
    connectionTimeoutMillis: 3000,
    keepAlive: true,
    query_timeout: 5000,
    statementTimeoutMs: 4000,
    application_name: 'hosted-link-portal-live',
  });
  // A connection that the network dropped, or that a failover left behind, says nothing.
  const ask = setInterval(() => void listenToOneself(hub, client, lost), askEveryMs).unref();
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
    if (channel === ownChannel) return;
    const notice = channel === personChannel ? personNotice(payload) : companiesNotice(payload);
    broadcast(hub, notice);
  });
  try {
    await client.connect();
    await client.query(`listen ${companyChannel}; listen ${personChannel}; listen ${ownChannel}`);
    // It may have been cut off in the very moment in which it answered.
    if (isLost) return;
    hub.client = client;
    hub.listeningSinceMs = performance.now();
    hub.recent = [];
    broadcast(hub, { kind: 'gap' });
    void listenToOneself(hub, client, lost);
  } catch (error) {
    lost(error instanceof Error ? error : undefined);
  } finally {
    hub.connecting = false;
  }
}

/**
 * Sends a notice over the pool and waits for it. A connection that still answers but hears nothing is
 * behind a pooler: pages are then told to look again, every so often.
 */
async function listenToOneself(
  hub: Hub,
  client: SessionClient,
  lost: (error: Error) => void,
): Promise<void> {
  const heard = hears(client);
  try {
    await getDb().execute(sql`select pg_notify(${ownChannel}, '')`);
  } catch {
    // Whether the database is there, others find out.
    return;
  }
  const isDeaf = !(await heard);
  if (hub.client !== client) return;
  // Behind a pooler it never heard anything; what heard before is connected to an old primary.
  if (isDeaf && !hub.isDeaf && performance.now() - hub.listeningSinceMs > arrivesMs * 2) {
    return lost(new Error('notices no longer arrive'));
  }
  // It may also be dead, which only a question tells.
  if (isDeaf) client.query('select 1').catch(lost);
  if (isDeaf === hub.isDeaf) return;
  hub.isDeaf = isDeaf;
  if (!isDeaf) return;
  logger.warn(
    'the database’s notices don’t arrive, so open pages are refreshed by the clock: set DATABASE_DIRECT_URL to an address past the pooler',
  );
  const refresh = setInterval(() => {
    if (!hub.isDeaf) clearInterval(refresh);
    broadcast(hub, { kind: 'gap' });
  }, deafEveryMs).unref();
}

/** Whether the connection hears this process's own notice, within `arrivesMs`. */
export function hears(client: SessionClient, wanted = ownChannel): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const hear = ({ channel }: { channel: string }) => channel === wanted && resolve(true);
  client.on('notification', hear);
  const timer = setTimeout(resolve, arrivesMs, false);
  return promise.finally(() => {
    clearTimeout(timer);
    client.off('notification', hear);
  });
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

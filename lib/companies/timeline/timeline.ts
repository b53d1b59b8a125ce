import 'server-only';
import { eq, inArray } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { consents } from '@/db/schema/companies';
import { connectionStatusChanges, connections, linkSessions } from '@/db/schema/connections';
import { users } from '@/db/schema/people';
import { webhookEvents } from '@/db/schema/webhooks';
import { type Actor, can } from '@/lib/actor';
import { isUuid } from '@/lib/storable-text';
import { changeStates } from '@/lib/sync/change-states';
import { decodeTimelineCursor, encodeTimelineCursor } from './timeline-cursor';
import { listTimelineKeys, type TimelineKind } from './timeline-keys';
import type { TimelineEntry, TimelineFilter, TimelinePage } from './timeline-schemas';

const pageSize = 20;

/**
 * Everything that happened to a company, newest first: changes and their source, webhooks that changed
 * nothing, actions of staff and the customer. Empty if the actor may not read it.
 */
export async function listTimeline(
  actor: Actor,
  companyId: string,
  filter: TimelineFilter,
  before: string | undefined,
): Promise<TimelinePage> {
  if (!can(actor, 'companies:read') || !isUuid(companyId)) return { entries: [], older: null };
  const cursor = decodeTimelineCursor(before);
  const keys = await listTimelineKeys(companyId, filter, cursor, pageSize + 1);
  const shown = keys.slice(0, pageSize);
  const ids = (kind: TimelineKind) => shown.filter((key) => key.kind === kind).map(({ id }) => id);
  const found = await Promise.all([
    loadStatuses(ids('status')),
    loadWebhooks(ids('webhook')),
    loadAudits(ids('audit')),
    loadConsents(ids('consent')),
    loadLinks(ids('link')),
  ]);
  const byKey = new Map(found.flat().map((entry) => [`${entry.kind} ${entry.id}`, entry]));
  const last = shown.at(-1);
  return {
    entries: shown.map(({ kind, id }) => byKey.get(`${kind} ${id}`)).filter((entry) => !!entry),
    older: keys.length > pageSize && last ? encodeTimelineCursor(last) : null,
  };
}

async function loadStatuses(ids: string[]): Promise<TimelineEntry[]> {
  if (ids.length === 0) return [];
  const rows = await getDb()
    .select({
      id: connectionStatusChanges.id,
      platformName: connections.platformName,
      fromStatus: changeStates.from,
      toStatus: changeStates.to,
      source: connectionStatusChanges.source,
      occurredAt: connectionStatusChanges.occurredAt,
      recordedAt: connectionStatusChanges.recordedAt,
      actorName: users.name,
    })
    .from(connectionStatusChanges)
    .innerJoin(connections, eq(connections.id, connectionStatusChanges.connectionId))
    .leftJoin(users, eq(users.id, connectionStatusChanges.actorId))
    .where(inArray(connectionStatusChanges.id, ids));
  return rows.map(({ recordedAt, occurredAt, ...row }) => ({
    ...row,
    kind: 'status',
    at: recordedAt.toISOString(),
    occurredAt: occurredAt.toISOString(),
  }));
}

async function loadWebhooks(ids: string[]): Promise<TimelineEntry[]> {
  if (ids.length === 0) return [];
  const rows = await getDb()
    .select({
      id: webhookEvents.id,
      eventType: webhookEvents.eventType,
      state: webhookEvents.state,
      receivedAt: webhookEvents.receivedAt,
    })
    .from(webhookEvents)
    .where(inArray(webhookEvents.id, ids.map(Number)));
  return rows.map(({ id, receivedAt, ...row }) => ({
    ...row,
    kind: 'webhook',
    id: String(id),
    at: receivedAt.toISOString(),
  }));
}

async function loadAudits(ids: string[]): Promise<TimelineEntry[]> {
  if (ids.length === 0) return [];
  const rows = await getDb()
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      action: auditEntries.action,
      actorKind: auditEntries.actorKind,
      actorName: auditEntries.actorName,
      subject: auditEntries.subject,
      detail: auditEntries.detail,
    })
    .from(auditEntries)
    .where(inArray(auditEntries.id, ids.map(Number)));
  return rows.map(({ id, at, ...row }) => ({
    ...row,
    kind: 'audit',
    id: String(id),
    at: at.toISOString(),
  }));
}

async function loadConsents(ids: string[]): Promise<TimelineEntry[]> {
  if (ids.length === 0) return [];
  const rows = await getDb()
    .select({
      id: consents.id,
      acceptedAt: consents.acceptedAt,
      byName: users.name,
      textVersion: consents.textVersion,
    })
    .from(consents)
    .leftJoin(users, eq(users.id, consents.userId))
    .where(inArray(consents.id, ids));
  return rows.map(({ acceptedAt, ...row }) => ({
    ...row,
    kind: 'consent',
    at: acceptedAt.toISOString(),
  }));
}

async function loadLinks(ids: string[]): Promise<TimelineEntry[]> {
  if (ids.length === 0) return [];
  const rows = await getDb()
    .select({
      id: linkSessions.id,
      startedAt: linkSessions.startedAt,
      startedAs: linkSessions.startedAs,
      byName: users.name,
      returnedAt: linkSessions.returnedAt,
      statusCode: linkSessions.statusCode,
    })
    .from(linkSessions)
    .leftJoin(users, eq(users.id, linkSessions.userId))
    .where(inArray(linkSessions.id, ids));
  return rows.map(({ startedAt, startedAs, returnedAt, ...row }) => {
    const copied = startedAs === 'staff';
    const at = copied && returnedAt ? returnedAt : startedAt;
    return {
      ...row,
      kind: 'link',
      copied,
      at: at.toISOString(),
      returnedAt: returnedAt?.toISOString() ?? null,
    };
  });
}

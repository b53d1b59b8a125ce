import 'server-only';
import { and, asc, eq, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import { webhookEvents, webhookIds } from '@/db/schema/webhooks';
import { type Actor, can } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { changeStates } from '@/lib/sync/change-states';
import { listEvents } from './list-events';
import { maskPayload } from './mask-payload';
import {
  type EventDetail,
  type EventRow,
  type EventStep,
  eventIdSchema,
  eventListSchema,
} from './schemas';

/**
 * Everything about one event, its payload masked; null when there is none.
 * @throws AppError `not-found` if the actor may not read webhooks.
 */
export async function getEventDetail(actor: Actor, id: string): Promise<EventDetail | null> {
  if (!can(actor, 'webhooks:read')) throw new AppError('not-found', 'notFound');
  if (!eventIdSchema.safeParse(id).success) return null;
  const [event] = await getDb()
    .select({
      webhookId: webhookEvents.webhookId,
      eventId: webhookEvents.eventId,
      companyId: webhookEvents.companyId,
      generatedAt: webhookEvents.generatedAt,
      trail: webhookEvents.trail,
      payload: webhookEvents.payload,
      lastReceivedAt: webhookIds.lastReceivedAt,
    })
    .from(webhookEvents)
    .leftJoin(webhookIds, eq(webhookIds.webhookId, webhookEvents.webhookId))
    .where(eq(webhookEvents.id, Number(id)));
  if (!event) return null;
  const { rows } = await listEvents(actor, eventListSchema.parse({ webhook: event.webhookId }));
  const [row] = rows;
  if (!row) return null;
  return {
    ...row,
    eventId: event.eventId,
    generatedAt: event.generatedAt?.toISOString() ?? null,
    steps: stepsOf(row, event),
    changes: await listChanges(event),
    payload: JSON.stringify(maskPayload(event.payload), null, 2),
  };
}

/**
 * Whether there was an event of this id: events go after `KEEP_WEBHOOKS_DAYS`, and with an erased
 * business.
 * @throws AppError `not-found` if the actor may not read webhooks.
 */
export async function wasDeleted(actor: Actor, id: string): Promise<boolean> {
  if (!can(actor, 'webhooks:read')) throw new AppError('not-found', 'notFound');
  if (!eventIdSchema.safeParse(id).success) return false;
  const { rows } = await getDb().execute<{ known: boolean | null }>(sql`
    select ${id}::bigint between 1 and
      pg_sequence_last_value(pg_get_serial_sequence('webhook_events', 'id')::regclass) as known`);
  return rows[0]?.known ?? false;
}

type Stored = Pick<typeof webhookEvents.$inferSelect, 'generatedAt' | 'trail'> & {
  lastReceivedAt: Date | null;
};

function stepsOf(row: EventRow, { generatedAt, trail, lastReceivedAt }: Stored): EventStep[] {
  const later: EventStep[] = trail.flatMap((entry) => {
    if (entry.kind !== 'again') return [entry];
    const { at, by, from, processedAt } = entry;
    return [...outcome(from, processedAt), { kind: 'again', at, by, from }];
  });
  if (row.deliveries > 1 && lastReceivedAt) {
    const at = lastReceivedAt.toISOString();
    later.push({ kind: 'delivered-again', at, deliveries: row.deliveries });
  }
  later.push(...outcome(row.state, row.processedAt));
  const inTime = later.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return [
    ...(generatedAt ? [{ kind: 'generated', at: generatedAt.toISOString() } as const] : []),
    { kind: 'received', at: row.receivedAt },
    { kind: 'verified', at: row.verifiedAt },
    ...inTime,
  ];
}

const outcomes = ['processed', 'ignored', 'unmatched'] as const;

function outcome(state: string, at: string | null): EventStep[] {
  const kind = outcomes.find((one) => one === state);
  return kind && at ? [{ kind, at }] : [];
}

async function listChanges(event: {
  companyId: string | null;
  webhookId: string;
}): Promise<EventDetail['changes']> {
  if (!event.companyId) return [];
  return getDb()
    .select({
      connectionId: connectionStatusChanges.connectionId,
      platformName: connections.platformName,
      from: changeStates.from,
      to: changeStates.to,
    })
    .from(connectionStatusChanges)
    .innerJoin(connections, eq(connections.id, connectionStatusChanges.connectionId))
    .where(
      and(
        // The company has an index, the webhook has none.
        eq(connectionStatusChanges.companyId, event.companyId),
        eq(connectionStatusChanges.webhookId, event.webhookId),
      ),
    )
    .orderBy(asc(connectionStatusChanges.recordedAt));
}

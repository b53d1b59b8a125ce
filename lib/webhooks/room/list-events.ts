import 'server-only';
import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { webhookEvents, webhookIds } from '@/db/schema/webhooks';
import { type Actor, can } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { countUpTo } from '@/lib/lists/count-up-to';
import { countedTo } from '@/lib/lists/schemas';
import { askedPage, beyond, decodeCursor, encodeCursor, microsOf } from '@/lib/lists/time-cursor';
import { matchesFilter, statesOf } from './event-filter';
import type { EventListInput, EventListPage, EventRow } from './schemas';

const pageSize = 25;
const order = { at: webhookEvents.receivedAt, id: webhookEvents.id };

/**
 * One page of webhook events, last received first, by keyset.
 * @throws AppError `not-found` if the actor may not read webhooks.
 */
export async function listEvents(
  actor: Actor,
  input: EventListInput,
  size = pageSize,
): Promise<EventListPage> {
  if (!can(actor, 'webhooks:read')) throw new AppError('not-found', 'notFound');
  const { backwards, cursor, place, cut } = askedPage(order, input);
  const top = cursor ? null : decodeCursor(input.top);
  const matching = and(
    input.state
      ? eq(webhookEvents.state, input.state)
      : input.cause
        ? inArray(webhookEvents.state, [...statesOf(input)])
        : undefined,
    await matchesFilter(input),
  );
  const fromTop = top ? beyond(order, '<=', top) : undefined;
  const [found, newer] = await Promise.all([
    eventPage(and(matching, place ?? fromTop), backwards, size + 1),
    top ? countUpTo(webhookEvents, and(matching, beyond(order, '>', top)), countedTo) : 0,
  ]);
  const page = cut(found, size);
  const [first] = page.rows;
  return {
    ...page,
    rows: await describeRows(page.rows),
    top: first ? encodeCursor(first) : null,
    newer,
  };
}

/**
 * When a delivery was first received, and how often: of one whose event is deleted by now; null for
 * one that never came.
 * @throws AppError `not-found` if the actor may not read webhooks.
 */
export async function getOldDelivery(
  actor: Actor,
  webhookId: string,
): Promise<{ at: string; deliveries: number } | null> {
  if (!can(actor, 'webhooks:read')) throw new AppError('not-found', 'notFound');
  const [delivery] = await getDb()
    .select({ at: webhookIds.firstReceivedAt, deliveries: webhookIds.deliveries })
    .from(webhookIds)
    .leftJoin(webhookEvents, eq(webhookEvents.webhookId, webhookIds.webhookId))
    .where(and(eq(webhookIds.webhookId, webhookId), isNull(webhookEvents.id)));
  return delivery ? { ...delivery, at: delivery.at.toISOString() } : null;
}

/** The query behind a page; only tests of its plan call it besides. */
export function eventPage(where: SQL | undefined, backwards: boolean, limit: number) {
  const direction = backwards ? asc : desc;
  return getDb()
    .select({
      id: sql<string>`${webhookEvents.id}::text`,
      micros: microsOf(webhookEvents.receivedAt),
      webhookId: webhookEvents.webhookId,
      eventType: webhookEvents.eventType,
      state: webhookEvents.state,
      attempts: webhookEvents.attempts,
      receivedAt: webhookEvents.receivedAt,
      verifiedAt: webhookEvents.verifiedAt,
      processedAt: webhookEvents.processedAt,
      dueAt: webhookEvents.dueAt,
      codatCompanyId: webhookEvents.codatCompanyId,
      lastError: webhookEvents.lastError,
    })
    .from(webhookEvents)
    .where(where)
    .orderBy(direction(webhookEvents.receivedAt), direction(webhookEvents.id))
    .limit(limit);
}

type PageRow = Awaited<ReturnType<typeof eventPage>>[number];

async function describeRows(rows: PageRow[]): Promise<EventRow[]> {
  const webhooks = rows.map(({ webhookId }) => webhookId);
  const codatIds = rows.map(({ codatCompanyId }) => codatCompanyId).filter((id) => id !== null);
  const [deliveries, known] = await Promise.all([
    webhooks.length > 0
      ? getDb()
          .select({ webhookId: webhookIds.webhookId, deliveries: webhookIds.deliveries })
          .from(webhookIds)
          .where(inArray(webhookIds.webhookId, webhooks))
      : [],
    codatIds.length > 0
      ? getDb()
          .select({ id: companies.id, name: companies.name, codatId: companies.codatCompanyId })
          .from(companies)
          .where(inArray(companies.codatCompanyId, codatIds))
      : [],
  ]);
  return rows.map((row) => {
    const company = row.codatCompanyId
      ? known.find(({ codatId }) => codatId === row.codatCompanyId)
      : undefined;
    return {
      id: row.id,
      webhookId: row.webhookId,
      eventType: row.eventType,
      state: row.state,
      attempts: row.attempts,
      deliveries: deliveries.find(({ webhookId }) => webhookId === row.webhookId)?.deliveries ?? 1,
      receivedAt: row.receivedAt.toISOString(),
      verifiedAt: row.verifiedAt.toISOString(),
      processedAt: row.processedAt?.toISOString() ?? null,
      dueAt: row.state === 'pending' ? row.dueAt.toISOString() : null,
      company: company ? { id: company.id, name: company.name } : null,
      codatCompanyId: row.codatCompanyId,
      lastError: row.lastError,
    };
  });
}

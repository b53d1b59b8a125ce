import type { Tags } from '@/sandbox/records/company-record';
import { toMillisecondIso } from '@/sandbox/timestamps';
import type { World } from '@/sandbox/world';
import { type Consumer, listConsumers, wantsEvent } from './consumers';
import { messageId, queueDelivery } from './emit-event';

export type DeliveryState = 'Sending' | 'Attempting' | 'Success' | 'Failure';

interface DeliveryRow {
  id: number;
  message_id: string;
  event_type: string;
  company_id: string | null;
  consumer_id: string;
  url: string | null;
  state: DeliveryState;
  next_attempt_at: number | null;
  dropped: number;
  generated_ms: number;
}

interface AttemptRow {
  delivery_id: number;
  at_ms: number;
  status: number | null;
  error: string | null;
}

function attemptsByDelivery(world: World, ids: readonly number[]): Map<number, AttemptRow[]> {
  const byDelivery = new Map<number, AttemptRow[]>(ids.map((id) => [id, []]));
  const rows = world.store.all<AttemptRow>(
    `SELECT * FROM attempts WHERE delivery_id IN (SELECT value FROM json_each(?)) ORDER BY seq`,
    JSON.stringify(ids),
  );
  for (const row of rows) byDelivery.get(row.delivery_id)?.push(row);
  return byDelivery;
}

/** Deliveries with their attempts, in the order of their events; `newest` keeps only that many. */
export function listDeliveries(world: World, newest = 1_000_000) {
  const rows = world.store
    .all<DeliveryRow>(
      `SELECT d.id, d.message_id, m.event_type, m.company_id, d.consumer_id, c.url, d.state,
              d.next_attempt_at, d.dropped, m.generated_ms
       FROM deliveries d JOIN messages m ON m.id = d.message_id
       LEFT JOIN consumers c ON c.id = d.consumer_id
       ORDER BY d.id DESC LIMIT ?`,
      newest,
    )
    .reverse();
  const attempts = attemptsByDelivery(
    world,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    webhookId: row.message_id,
    eventType: row.event_type,
    companyId: row.company_id,
    consumerId: row.consumer_id,
    url: row.url,
    generatedDate: toMillisecondIso(row.generated_ms),
    attempts: (attempts.get(row.id) ?? []).map(({ at_ms: atMs, status, error }) => ({
      at: toMillisecondIso(atMs),
      status,
      error,
    })),
    state: row.state,
    nextAttemptAt: row.next_attempt_at === null ? null : toMillisecondIso(row.next_attempt_at),
    dropped: row.dropped === 1,
  }));
}

interface MessageRow {
  id: string;
  event_type: string;
  company_tags: string;
}

function sendAgain(world: World, message: MessageRow, consumer: Consumer): void {
  const restarted = world.store.run(
    `UPDATE deliveries SET state = 'Sending', failures = 0, dropped = 0, next_attempt_at = ?
     WHERE message_id = ? AND consumer_id = ?`,
    world.now(),
    message.id,
    consumer.id,
  );
  const tags = JSON.parse(message.company_tags) as Tags | null;
  if (restarted === 0 && wantsEvent(consumer, message.event_type, tags)) {
    queueDelivery(world, message.id, consumer.id);
  }
}

/** Sends one message again under the same `webhook-id`; false when there is no such message. */
export function resendMessage(world: World, webhookId: string): boolean {
  const message = world.store.get<MessageRow>('SELECT * FROM messages WHERE id = ?', webhookId);
  if (!message) return false;
  world.store.transaction(() => {
    for (const consumer of listConsumers(world)) sendAgain(world, message, consumer);
  });
  world.wake();
  return true;
}

/** The same body as a message of its own, as a replay may send it. */
function copyMessage(world: World, message: MessageRow): MessageRow {
  const copy = { ...message, id: messageId() };
  world.store.run(
    `INSERT INTO messages (id, event_type, company_id, company_tags, body, generated_ms)
     SELECT ?, event_type, company_id, company_tags, body, generated_ms FROM messages WHERE id = ?`,
    copy.id,
    message.id,
  );
  return copy;
}

/**
 * Sends a consumer everything since a date that it missed or that failed, under the same id or a new
 * one. Returns how many messages.
 */
export function replayMissed(world: World, consumer: Consumer, sinceMs: number): number {
  const missed = world.store.all<MessageRow>(
    `SELECT m.* FROM messages m WHERE m.generated_ms >= ? AND NOT EXISTS (
       SELECT 1 FROM deliveries d WHERE d.message_id = m.id AND d.consumer_id = ?
         AND (d.state = 'Success' OR d.next_attempt_at IS NOT NULL))
     ORDER BY m.seq`,
    sinceMs,
    consumer.id,
  );
  world.store.transaction(() => {
    const asNew = world.settings.current().replayId === 'new';
    for (const message of missed) {
      sendAgain(world, asNew ? copyMessage(world, message) : message, consumer);
    }
  });
  world.wake();
  return missed.length;
}

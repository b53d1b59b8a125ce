import 'server-only';
import { sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { getEnv } from '@/env';
import { webhookKey } from '@/env-values';
import { isDatabaseAway } from '@/lib/runtime/database-away';
import { logger } from '@/lib/runtime/logger';
import { databaseNow, remember } from '@/lib/runtime/process-state';
import { withDeadline } from '@/lib/runtime/with-deadline';
import { parseEvent, type WebhookEvent } from './parse-event';
import { isAuthentic, type SignedDelivery } from './verify';

/** HTTP answer to a delivery: 204 taken, 400 not an event, 401 not authentic, 503 try again. */
export type ReceiveStatus = 204 | 400 | 401 | 503;

/** The answer is promised within 2 s, on a busy machine too. */
const insertTimeoutMs = 1200;

/**
 * Verifies a delivery and stores it, once however often it comes. Nothing is stored of what is not
 * authentic.
 * @param now the current time in milliseconds, by the database's clock; only tests pass another.
 */
export async function receiveDelivery(
  delivery: SignedDelivery,
  now = databaseNow(),
): Promise<ReceiveStatus> {
  const arrivedAt = performance.now();
  const keys = getEnv()
    .CODAT_WEBHOOK_SECRET.map(webhookKey)
    .filter((key) => key !== null);
  if (!delivery.id || !isAuthentic(delivery, keys, Math.floor(now / 1000))) return 401;
  const event = parseEvent(delivery.body);
  if (!event) return 400;
  try {
    const stored = store(delivery.id, event, performance.now() - arrivedAt);
    await withDeadline(stored, insertTimeoutMs, () => {
      throw Object.assign(new Error('the database does not answer'), { code: 'ETIMEDOUT' });
    });
  } catch (error) {
    const level = isDatabaseAway(error) ? 'warn' : 'error';
    logger[level]({ webhookId: delivery.id, err: error }, 'a delivery could not be stored');
    return 503;
  }
  wakeInbox();
  return 204;
}

/** @param ageMs how long ago the delivery arrived; times are the database's, which orders them. */
async function store(webhookId: string, event: WebhookEvent, ageMs: number): Promise<void> {
  await getDb().execute(sql`
    with seen as (
      insert into webhook_ids (webhook_id) values (${webhookId})
      on conflict (webhook_id) do update
        set deliveries = webhook_ids.deliveries + 1, last_received_at = now()
      returning webhook_id, (xmax = 0) as fresh
    )
    insert into webhook_events
      (webhook_id, event_type, event_id, codat_company_id, generated_at, received_at, token, payload)
    select webhook_id, ${event.eventType}, ${event.eventId}, ${event.codatCompanyId},
      ${event.generatedAt?.toISOString() ?? null}::timestamptz,
      now() - ${Math.ceil(ageMs)} * interval '1 millisecond', nextval('read_tokens'),
      ${JSON.stringify(event.body)}::jsonb
    from seen where fresh`);
}

const inbox = remember<{ wake?: (() => void) | undefined }>('inbox', () => ({}));

/** Wakes this process's inbox loop, if it runs one; others find the event by polling. */
export function wakeInbox(): void {
  inbox.wake?.();
}

/** Says what `wakeInbox` calls. */
export function onWakeInbox(wake: (() => void) | undefined): void {
  inbox.wake = wake;
}

/** Codat's events are a few kilobytes. */
export const maxBodyBytes = 1024 * 1024;

/** The raw bytes of a request; null as soon as there are more than 1 MiB, announced or sent. */
export async function readBody(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBodyBytes) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

import { randomBytes, randomUUID } from 'node:crypto';
import type { Company, Tags } from '@/sandbox/records/company-record';
import { reprint } from '@/sandbox/reprint';
import { toMillisecondIso } from '@/sandbox/timestamps';
import type { World } from '@/sandbox/world';
import { listConsumers, wantsEvent } from './consumers';

const SHUFFLE_MAX_MS = 2500;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A `webhook-id` nobody had before. */
export function messageId(): string {
  const letters = [...randomBytes(24)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return `msg_${letters}`;
}

interface Event {
  eventType: string;
  /** Null: about the client itself. */
  company: Company | null;
  payload: unknown;
}

/** When the first attempt is due, shuffled on demand: some are held back behind later ones. */
function firstAttemptAt(world: World): number {
  const { webhookDelayMs, webhookShuffle } = world.settings.current();
  const heldBack = Math.random() < webhookShuffle ? 200 + Math.random() * SHUFFLE_MAX_MS : 0;
  return world.now() + webhookDelayMs + Math.round(heldBack);
}

/** Queues a message for one consumer; `webhookDrop` may lose it and `webhookDuplicate` repeat it. */
export function queueDelivery(world: World, webhookId: string, consumerId: string): void {
  const { webhookDrop, webhookDuplicate } = world.settings.current();
  const dropped = Math.random() < webhookDrop;
  world.store.run(
    `INSERT INTO deliveries (message_id, consumer_id, state, next_attempt_at, repeats, dropped)
     VALUES (?, ?, ?, ?, ?, ?)`,
    webhookId,
    consumerId,
    dropped ? 'Failure' : 'Sending',
    dropped ? null : firstAttemptAt(world),
    Math.random() < webhookDuplicate ? 1 : 0,
    dropped ? 1 : 0,
  );
}

/** Records an event and queues it for every enabled consumer that wants it. Returns its `webhook-id`. */
export function emitEvent(world: World, { eventType, company, payload }: Event): string {
  const webhookId = messageId();
  const generatedMs = world.realNow();
  const tags: Tags | null = company ? (company.tags ?? {}) : null;
  const envelope = { id: randomUUID(), eventType, generatedDate: toMillisecondIso(generatedMs) };
  const body = JSON.stringify(reprint(world, { ...envelope, payload }));
  world.store.transaction(() => {
    world.store.run(
      `INSERT INTO messages (id, event_type, company_id, company_tags, body, generated_ms)
       VALUES (?, ?, ?, ?, ?, ?)`,
      webhookId,
      eventType,
      company?.id ?? null,
      JSON.stringify(tags),
      body,
      generatedMs,
    );
    for (const consumer of listConsumers(world)) {
      if (consumer.disabled || !wantsEvent(consumer, eventType, tags)) continue;
      queueDelivery(world, webhookId, consumer.id);
    }
  });
  world.wake();
  return webhookId;
}

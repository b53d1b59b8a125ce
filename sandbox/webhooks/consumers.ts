import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ApiError, invalid } from '@/sandbox/errors/api-error';
import type { Tags } from '@/sandbox/records/company-record';
import type { World } from '@/sandbox/world';

const MAX_CONSUMERS = 50;

export interface Consumer {
  id: string;
  url: string;
  /** Empty means every event type. */
  eventTypes: string[];
  companyTags: string[] | null;
  disabled: boolean;
  /** Own signing secrets, newest first; null: those of the process. */
  secrets: string[] | null;
  failingSinceAt: number | null;
}

interface ConsumerRow {
  id: string;
  url: string;
  event_types: string;
  company_tags: string | null;
  disabled: number;
  secrets: string | null;
  failing_since_at: number | null;
}

function toConsumer(row: ConsumerRow): Consumer {
  return {
    id: row.id,
    url: row.url,
    eventTypes: JSON.parse(row.event_types) as string[],
    companyTags: row.company_tags === null ? null : (JSON.parse(row.company_tags) as string[]),
    disabled: row.disabled === 1,
    secrets: row.secrets === null ? null : (JSON.parse(row.secrets) as string[]),
    failingSinceAt: row.failing_since_at,
  };
}

/** Every consumer, oldest first. */
export function listConsumers(world: World): Consumer[] {
  return world.store.all<ConsumerRow>('SELECT * FROM consumers ORDER BY seq').map(toConsumer);
}

/** The consumer with this id, or null. */
export function getConsumer(world: World, consumerId: string): Consumer | null {
  const row = world.store.get<ConsumerRow>('SELECT * FROM consumers WHERE id = ?', consumerId);
  return row ? toConsumer(row) : null;
}

const consumerInput = z.object({
  url: z.url({ protocol: /^https?$/, error: "'Url' must be an absolute http(s) URL." }),
  eventTypes: z.array(z.string().min(1)).nullish(),
  disabled: z.boolean().nullish(),
  companyTags: z
    .array(
      z
        .string()
        .max(128)
        .regex(/^[^:]+:.*$/, 'A company tag has the form tagKey:tagValue.'),
    )
    .max(10)
    .nullish(),
});

/** Checks the body of `POST /webhooks`; throws a 400 with a validation item. */
export function parseConsumerInput(body: unknown): z.infer<typeof consumerInput> {
  const parsed = consumerInput.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(
    String(issue?.path[0] ?? 'body'),
    issue?.message ?? 'Not valid.',
    'WebhookValidator',
  );
}

/** Creates a consumer; throws 400 beyond 50 of them. */
export function createConsumer(world: World, input: z.infer<typeof consumerInput>): Consumer {
  if (listConsumers(world).length >= MAX_CONSUMERS) {
    throw new ApiError(400, `A client can have at most ${MAX_CONSUMERS} webhook consumers.`);
  }
  const consumer: Consumer = {
    id: randomUUID(),
    url: input.url,
    eventTypes: input.eventTypes ?? [],
    companyTags: input.companyTags ?? null,
    disabled: input.disabled ?? false,
    secrets: null,
    failingSinceAt: null,
  };
  world.store.run(
    'INSERT INTO consumers (id, url, event_types, company_tags, disabled) VALUES (?, ?, ?, ?, ?)',
    consumer.id,
    consumer.url,
    JSON.stringify(consumer.eventTypes),
    consumer.companyTags && JSON.stringify(consumer.companyTags),
    consumer.disabled ? 1 : 0,
  );
  return consumer;
}

/** Deletes a consumer and drops what was still to be sent to it; false when there was none. */
export function deleteConsumer(world: World, consumerId: string): boolean {
  return world.store.transaction(() => {
    world.store.run(
      `UPDATE deliveries SET next_attempt_at = NULL, state = 'Failure'
       WHERE consumer_id = ? AND next_attempt_at IS NOT NULL`,
      consumerId,
    );
    return world.store.run('DELETE FROM consumers WHERE id = ?', consumerId) > 0;
  });
}

/** Whether the consumer wants an event of this type about a company with these tags (null: no company). */
export function wantsEvent(consumer: Consumer, eventType: string, tags: Tags | null): boolean {
  if (consumer.eventTypes.length > 0 && !consumer.eventTypes.includes(eventType)) return false;
  if (!consumer.companyTags || consumer.companyTags.length === 0) return true;
  return consumer.companyTags.some((wanted) => {
    const colon = wanted.indexOf(':');
    return tags?.[wanted.slice(0, colon)] === wanted.slice(colon + 1);
  });
}

/** A consumer as the API prints it. Its secret is shown only in the control panel. */
export function consumerJson(consumer: Consumer) {
  return {
    id: consumer.id,
    url: consumer.url,
    eventTypes: consumer.eventTypes,
    disabled: consumer.disabled,
    ...(consumer.companyTags && { companyTags: consumer.companyTags }),
  };
}

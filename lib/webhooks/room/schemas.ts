import { eventStates } from '@/db/schema/closed-sets';
import { momentInput } from '@/lib/lists/schemas';
import { zoneInput } from '@/lib/lists/zoned-time';
import { storableText } from '@/lib/storable-text';
import { z } from '@/lib/zod';

/** Dead letters first: they wait for a person. */
export { eventStates };
export type EventState = (typeof eventStates)[number];

const text = (longest: number) =>
  z.string().trim().max(longest).transform(storableText).catch('').default('');

/** What narrows a list of events down, in the URL and in forms. Unknown values fall back. */
export const eventFilterSchema = z.object({
  type: text(200),
  /** Either id of a company: the portal's or Codat's. */
  company: text(100).transform((id) => id.toLowerCase()),
  /** The `webhook-id`. */
  webhook: text(255),
  /** Why dead letters failed, as `listDeadGroups` names it. */
  cause: z
    .string()
    .regex(/^[0-9a-f]{12}$/)
    .or(z.literal(''))
    .catch('')
    .default(''),
  from: momentInput,
  to: momentInput,
  zone: zoneInput,
});

export type EventFilter = z.infer<typeof eventFilterSchema>;

/** The whole state of `/admin/webhooks`, as it is in the URL. */
export const eventListSchema = eventFilterSchema.extend({
  state: z.enum(eventStates).optional().catch(undefined),
  /** Opaque keyset cursors; at most one of the first two is set. */
  after: z.string().max(50).optional().catch(undefined),
  before: z.string().max(50).optional().catch(undefined),
  /** The first row that a reader saw: what came in since is counted, and does not push it away. */
  top: z.string().max(50).optional().catch(undefined),
});

export type EventListInput = z.infer<typeof eventListSchema>;

export const eventIdSchema = z.string().regex(/^\d{1,15}$/);

const allDead = z.object({ all: z.literal('dead'), ...eventFilterSchema.shape });
// Not `id`: a form's own id is hidden by a field of that name.
const event = z.preprocess((ids) => [ids ?? []].flat(), z.array(eventIdSchema).max(100));

/** What to process again: every dead letter of a filter, or the events whose boxes were ticked. */
export const reprocessSchema = z.union([
  allDead.transform(({ all: _all, ...deadMatching }) => ({ deadMatching })),
  z.object({ event }).transform(({ event: ids }) => ({ ids })),
]);

/** Dead letters to settle, chosen in the same way, and why. */
export const settleSchema = z
  .object({
    all: z.literal('dead').optional(),
    event,
    ...eventFilterSchema.shape,
    reason: z.string().trim().min(1, 'errors.settleReason').max(500).transform(storableText),
  })
  .transform(({ all, event: ids, reason, ...deadMatching }) => ({
    reason,
    chosen: all ? { deadMatching } : { ids },
  }));

/** Dead letters that failed for one reason: same event type, same error but for ids and numbers. */
export type DeadGroup = {
  cause: string;
  eventType: string;
  /** The error of the last one. */
  error: string;
  count: number;
  /** When the first and the last were received, in ISO-8601. */
  firstAt: string;
  lastAt: string;
};

/** Times are ISO-8601. */
export type EventRow = {
  id: string;
  webhookId: string;
  eventType: string;
  state: string;
  /** Attempts since it arrived, or since the last retry. */
  attempts: number;
  /** How often Codat has delivered it. */
  deliveries: number;
  receivedAt: string;
  verifiedAt: string;
  processedAt: string | null;
  /** When it is tried next; null unless it waits. */
  dueAt: string | null;
  company: { id: string; name: string } | null;
  codatCompanyId: string | null;
  lastError: string | null;
};

export type EventListPage = {
  rows: EventRow[];
  after: string | null;
  before: string | null;
  /** Cursor of the first row. */
  top: string | null;
  /** How many have arrived above `top` since, up to `countedTo`. */
  newer: number;
};

/** What happened to an event, oldest first. */
export type EventStep =
  | { kind: 'generated' | 'received' | 'verified'; at: string }
  | { kind: 'delivered-again'; at: string; deliveries: number }
  | { kind: 'failed'; at: string; attempt: number; error: string }
  | { kind: 'again'; at: string; by: string | null; from: string }
  | { kind: 'settled'; at: string; by: string; reason: string }
  | { kind: 'processed' | 'ignored' | 'unmatched'; at: string };

export type EventDetail = EventRow & {
  /** Codat's own id of the event, in its body. */
  eventId: string | null;
  generatedAt: string | null;
  steps: EventStep[];
  /** What it changed here, by connection. */
  changes: {
    connectionId: string;
    platformName: string | null;
    from: string | null;
    to: string | null;
  }[];
  /** Masked and formatted. */
  payload: string;
};

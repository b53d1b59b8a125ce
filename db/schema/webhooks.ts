import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { eventStates } from './closed-sets';
import { at } from './columns';
import { companies } from './companies';

/** Every `webhook-id` acknowledged, kept apart from payloads so that replays stay known for longer. */
export const webhookIds = pgTable(
  'webhook_ids',
  {
    webhookId: text('webhook_id').primaryKey(),
    firstReceivedAt: at('first_received_at').notNull().defaultNow(),
    lastReceivedAt: at('last_received_at').notNull().defaultNow(),
    deliveries: integer('deliveries').notNull().default(1),
  },
  (table) => [index('webhook_ids_last_received_idx').on(table.lastReceivedAt)],
);

/** What happened to an event besides its last outcome. Times are ISO-8601, the database's. */
export type TrailEntry =
  | { kind: 'failed'; at: string; attempt: number; error: string }
  /** Put back by a person, or without one as soon as its company was known. */
  | { kind: 'again'; at: string; by: string | null; from: string; processedAt: string | null }
  /** A dead letter that a person has done with, and why. */
  | { kind: 'settled'; at: string; by: string; reason: string };

/**
 * The inbox: one row a message, and its own queue. `state`: `pending` → `processed`, `ignored`
 * (type unknown here), `unmatched` (company unknown here, taken up again once known) or `dead`
 * (failed too often; an admin may put it back, or settle it: `settled`).
 */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    webhookId: text('webhook_id').notNull().unique(),
    eventType: text('event_type').notNull(),
    eventId: text('event_id'),
    codatCompanyId: text('codat_company_id'),
    generatedAt: at('generated_at'),
    /** When the request came in. */
    receivedAt: at('received_at').notNull().defaultNow(),
    /** When its signature was found right. */
    verifiedAt: at('verified_at').notNull().defaultNow(),
    /** The verified body, without Link URLs. */
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    // What changes comes after the payload, so that an update doesn't log the payload again.
    companyId: uuid('company_id').references(() => companies.id, { onDelete: 'set null' }),
    state: text('state', { enum: eventStates }).notNull().default('pending'),
    /** Tries that have begun. */
    attempts: integer('attempts').notNull().default(0),
    dueAt: at('due_at').notNull().defaultNow(),
    processedAt: at('processed_at'),
    lastError: text('last_error'),
    /** Its failures, and who put it back; the last fifty. */
    trail: jsonb('trail').$type<TrailEntry[]>().notNull().default([]),
    /** Taken on arrival: a read whose token is newer began later, and says what the event says. */
    token: bigint('token', { mode: 'number' }),
    /** Until then the try that has begun is another process's. */
    leaseUntil: at('lease_until'),
  },
  (table) => [
    index('webhook_events_due_idx').on(table.dueAt).where(sql`state = 'pending'`),
    index('webhook_events_unmatched_idx').on(table.codatCompanyId).where(sql`state = 'unmatched'`),
    index('webhook_events_company_idx').on(table.companyId, table.receivedAt),
    index('webhook_events_received_idx').on(table.receivedAt, table.id),
    index('webhook_events_state_idx').on(table.state, table.receivedAt, table.id),
    index('webhook_events_type_idx').on(table.eventType, table.receivedAt, table.id),
    index('webhook_events_codat_company_idx').on(table.codatCompanyId, table.receivedAt, table.id),
  ],
);

import { sql } from 'drizzle-orm';
import { boolean, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { changeSources, healthChanges, linkStarters, stopReasons } from './closed-sets';
import { at, counter } from './columns';
import { companies } from './companies';
import { users } from './people';

/** One entry of Codat's `dataConnectionErrors`, as far as we keep it. */
export type StoredConnectionError = {
  statusCode: string | null;
  statusText: string | null;
  message: string | null;
  at: string | null;
  state: string | null;
};

/** A read of which Codat could complete no data type, or not all. `status` is the worst of them. */
export type StoredReadFailure = { at: string; status: string; dataTypes: string[] };

const stopped = sql.raw(`status = 'Linked' and stopped_why is not null`);

/**
 * A connection as Codat last told it, keyed by Codat's id. `status` and `sourceType` are stored as
 * Codat spells them, known to us or not. Holds no Link URL. Removal is soft.
 *
 * `state` is what people see, filter and count by: `stopped` when no data comes through a connection
 * that is `Linked`, else the status. `lib/sync/health` decides.
 */
export const connections = pgTable(
  'connections',
  {
    id: text('id').primaryKey(),
    companyId: uuid('company_id')
      .notNull()
      .references(() => companies.id, { onDelete: 'cascade' }),
    platformKey: text('platform_key'),
    platformName: text('platform_name').notNull(),
    integrationId: text('integration_id'),
    sourceId: text('source_id'),
    sourceType: text('source_type').notNull(),
    status: text('status').notNull(),
    errors: jsonb('errors').$type<StoredConnectionError[]>().notNull().default([]),
    codatCreatedAt: at('codat_created_at'),
    lastSyncAt: at('last_sync_at'),
    linkedAt: at('linked_at'),
    statusChangedAt: at('status_changed_at'),
    firstKnownAt: at('first_known_at').notNull().defaultNow(),
    removedAt: at('removed_at'),
    /** Codat's date of the newest event applied, or of our own change: the order among events. */
    eventAt: at('event_at'),
    /** Token of what was last applied: a read with an older ticket leaves the connection alone. */
    knownToken: counter('known_token'),
    /** Only the previous release, which may still be running, uses it. To be dropped in the next. */
    eventAppliedAt: at('event_applied_at'),
    /** The last failed read, whatever came after it. */
    readFailure: jsonb('read_failure').$type<StoredReadFailure>(),
    stoppedWhy: text('stopped_why', { enum: stopReasons }),
    /** The last sign that data came before it stopped. */
    stoppedSince: at('stopped_since'),
    /** When to look again whether data still comes. Not moved by each sync: it may fire too early. */
    healthDueAt: at('health_due_at'),
    state: text('state')
      .notNull()
      .generatedAlwaysAs(sql`case when ${stopped} then 'stopped' else status end`),
    /** Since when it is in this state; null when it was so already as we first saw it. */
    stateSince: at('state_since').generatedAlwaysAs(
      sql`case when ${stopped} then stopped_since
        else coalesce(status_changed_at,
          case when status in ('Linked', 'PendingAuth') then codat_created_at end) end`,
    ),
    /** When Codat last completed a read of a data type. */
    dataAt: at('data_at'),
  },
  (table) => [
    index('connections_company_idx').on(table.companyId, table.codatCreatedAt),
    index('connections_since_idx')
      .on(table.state, sql`coalesce(state_since, first_known_at)`, table.id)
      .where(sql`removed_at is null`),
    index('connections_platform_idx')
      .on(table.platformKey, table.state, sql`coalesce(state_since, first_known_at)`, table.id)
      .where(sql`removed_at is null`),
    index('connections_health_due_idx').on(table.healthDueAt).where(sql`health_due_at is not null`),
  ],
);

/*
 * A connection broke when it lost its access at the platform or its data stopped, and was repaired
 * when it got it back. One that was found so when it was first seen did not break then.
 */
export const isBroke = sql.raw(
  `((to_status = 'Deauthorized' and (from_status is not null or source = 'webhook'))
    or (health = 'stopped' and from_status is not null))`,
);
export const isRepaired = sql.raw(
  `((from_status = 'Deauthorized' and to_status = 'Linked') or health = 'resumed')`,
);

/**
 * Every change of status or health and its source, append-only by a trigger. `toStatus` null: removed
 * at Codat. With `health` the status stayed; `fromStatus` null: so already when first seen.
 */
export const connectionStatusChanges = pgTable(
  'connection_status_changes',
  {
    id: uuid('id').primaryKey().default(sql`gen_random_uuid()`),
    companyId: uuid('company_id')
      .notNull()
      .references(() => companies.id),
    connectionId: text('connection_id')
      .notNull()
      .references(() => connections.id),
    fromStatus: text('from_status'),
    toStatus: text('to_status'),
    health: text('health', { enum: healthChanges }),
    source: text('source', { enum: changeSources }).notNull(),
    actorId: uuid('actor_id').references(() => users.id, { onDelete: 'set null' }),
    webhookId: text('webhook_id'),
    /** When it happened, by Codat's word where it gave one. */
    occurredAt: at('occurred_at').notNull(),
    recordedAt: at('recorded_at').notNull().defaultNow(),
  },
  (table) => [
    index('status_changes_connection_idx').on(table.connectionId, table.recordedAt),
    index('status_changes_company_idx').on(table.companyId, table.recordedAt),
    index('status_changes_webhook_idx').on(table.webhookId).where(sql`webhook_id is not null`),
    index('status_changes_recorded_idx').on(table.recordedAt, table.id),
    index('status_changes_broke_idx').on(table.recordedAt, table.id).where(isBroke),
    index('status_changes_repaired_idx').on(table.recordedAt, table.id).where(isRepaired),
  ],
);

/**
 * One way out to Hosted Link and back. `stateHash` is SHA-256 of the random `state` that goes along;
 * the first return uses the row (`returnedAt`).
 */
export const linkSessions = pgTable(
  'link_sessions',
  {
    id: uuid('id').primaryKey().default(sql`gen_random_uuid()`),
    stateHash: text('state_hash').notNull().unique(),
    companyId: uuid('company_id')
      .notNull()
      .references(() => companies.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    startedAs: text('started_as', { enum: linkStarters }).notNull().default('member'),
    /** The connection aimed at; null for the company's own page at Link. */
    connectionId: text('connection_id'),
    startedAt: at('started_at').notNull().defaultNow(),
    handedOffAt: at('handed_off_at'),
    expiresAt: at('expires_at').notNull(),
    returnedAt: at('returned_at'),
    statusCode: text('status_code'),
    reportedConnectionId: text('reported_connection_id'),
    reportedMessage: text('reported_message'),
    /** The return had no `state` and was taken for its person's newest; one with it still counts. */
    stateless: boolean('stateless').notNull().default(false),
    /** Whether Codat could be read on return. */
    verified: boolean('verified').notNull().default(false),
  },
  (table) => [
    index('link_sessions_company_idx').on(table.companyId, table.startedAt),
    index('link_sessions_started_idx').on(table.startedAt),
    index('link_sessions_user_idx').on(table.userId, table.startedAt),
  ],
);

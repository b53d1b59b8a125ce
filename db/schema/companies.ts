import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { at, users } from './people';

const noText = sql`'{}'::text[]`;

/** Tokens that order reads from Codat: taken before a read begins, over all companies. */
export const readTokens = pgSequence('read_tokens');

const counter = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);

/**
 * A customer's business. Its id is the `name` and the `uid` tag of the company at Codat.
 *
 * `provision*` is the one call that creates the company at Codat: the idempotency key and the body
 * are stored before it is made. `read*` orders reads from Codat: a token of one sequence is taken
 * before a read begins, an answer with a token below `readApplied` is dropped, and `readsRequested`
 * counts the wishes for news, so that a read knows which of them it answers.
 */
export const companies = pgTable(
  'companies',
  {
    id: uuid('id').primaryKey().default(sql`gen_random_uuid()`),
    name: text('name').notNull(),
    origin: text('origin').notNull().default('sign_up'),
    createdAt: at('created_at').notNull().defaultNow(),

    codatCompanyId: text('codat_company_id').unique(),
    /** The company's first `redirect`, kept for the record without its query. Never used. */
    codatFirstRedirect: text('codat_first_redirect'),
    codatCreatedAt: at('codat_created_at'),
    codatDeletedAt: at('codat_deleted_at'),

    provisionKey: uuid('provision_key'),
    provisionBody: jsonb('provision_body').$type<{
      name: string;
      description: string;
      tags: Record<string, string>;
    }>(),
    provisionAttempts: integer('provision_attempts').notNull().default(0),
    provisionAttemptedAt: at('provision_attempted_at'),
    provisionLeaseUntil: at('provision_lease_until'),
    /** Message key under `errors` of the last failed attempt; null while nothing is wrong. */
    provisionProblem: text('provision_problem'),

    readsRequested: counter('reads_requested'),
    readApplied: counter('read_applied'),
    readDueAt: at('read_due_at'),
    readLeaseUntil: at('read_lease_until'),
    readFailures: integer('read_failures').notNull().default(0),
    /** When the newest applied read started, by our clock. */
    readAt: at('read_at'),
    /** When the newest applied webhook arrived. */
    eventAt: at('event_at'),

    /** The company's tags at Codat, as last read or set. */
    tags: jsonb('tags').$type<Record<string, string>>().notNull().default({}),
    /** Set when staff marked a company found at Codat as not a customer. */
    ignoredAt: at('ignored_at'),

    // What lists show, sort by and search, kept up to date by `lib/sync/roll-up.ts`.
    attention: text('attention').notNull().default('provisioning'),
    attentionSince: at('attention_since').notNull().defaultNow(),
    ownerEmail: text('owner_email').notNull().default(''),
    connectionCount: integer('connection_count').notNull().default(0),
    /** `status|platformKey|sourceType` in every combination, and `tag:key`, `tag:key=value`. */
    facets: text('facets').array().notNull().default(noText),
    searchText: text('search_text').notNull().default(''),
    /** Worst first. */
    attentionRank: smallint('attention_rank')
      .notNull()
      .generatedAlwaysAs(
        sql`array_position(array['deleted','provisioning','needs_reconnect','unfinished','disconnected','none','ok'], attention)`,
      ),
    /** When the company was last known to be as recorded here; `-infinity` for never. */
    knownAt: at('known_at')
      .notNull()
      .generatedAlwaysAs(sql`coalesce(greatest(read_at, event_at), '-infinity'::timestamptz)`),
  },
  (table) => [
    index('companies_created_idx').on(table.createdAt, table.id),
    index('companies_attention_idx').on(
      table.attention,
      table.createdAt,
      table.id,
      // Behind the key, so that companies of a state are counted without looking at them.
      table.ignoredAt,
    ),
    // Cut off, because what Codat has as a name may be longer than an index takes.
    index('companies_name_idx').on(sql`lower(left(name, 100))`, table.id),
    index('companies_name_prefix_idx').on(sql`lower(left(name, 100)) text_pattern_ops`),
    // By code point, so that it serves beginnings of addresses too.
    index('companies_owner_idx').on(sql`owner_email collate "C"`, table.id),
    index('companies_rank_idx').on(table.attentionRank, table.attentionSince, table.id),
    index('companies_since_idx').on(table.attentionSince, table.id),
    index('companies_connections_idx').on(table.connectionCount, table.id),
    index('companies_known_idx').on(table.knownAt, table.id),
    // Every search reads the whole list of what is not yet sorted in: it is kept short.
    index('companies_facets_idx').using('gin', table.facets).with({ gin_pending_list_limit: 256 }),
    index('companies_search_idx')
      .using('gin', table.searchText.op('gin_trgm_ops'))
      .with({ gin_pending_list_limit: 256 }),
    index('companies_unassigned_idx')
      .on(table.createdAt, table.id)
      .where(sql`origin = 'codat' and owner_email = '' and ignored_at is null`),
    index('companies_ignored_idx').on(table.createdAt, table.id).where(sql`ignored_at is not null`),
    index('companies_read_due_idx').on(table.readDueAt).where(sql`read_due_at is not null`),
    index('companies_unprovisioned_idx')
      .on(table.createdAt)
      .where(sql`codat_company_id is null and codat_deleted_at is null`),
  ],
);

/** Who may act for which company. Leaving sets `removedAt`. */
export const memberships = pgTable(
  'memberships',
  {
    companyId: uuid('company_id')
      .notNull()
      .references(() => companies.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text('role').notNull().default('owner'),
    createdAt: at('created_at').notNull().defaultNow(),
    removedAt: at('removed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.companyId, table.userId] }),
    index('memberships_user_idx').on(table.userId),
  ],
);

/** Receipts of consent, append-only by a trigger: who agreed for which company to which text. */
export const consents = pgTable(
  'consents',
  {
    id: uuid('id').primaryKey().default(sql`gen_random_uuid()`),
    companyId: uuid('company_id')
      .notNull()
      .references(() => companies.id),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'set null' }),
    textVersion: text('text_version').notNull(),
    textSha256: text('text_sha256').notNull(),
    acceptedAt: at('accepted_at').notNull().defaultNow(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
  },
  (table) => [index('consents_company_idx').on(table.companyId, table.acceptedAt)],
);

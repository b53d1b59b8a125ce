import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { unknownAnswers } from './closed-sets';
import { at, counter } from './columns';
import { companies } from './companies';

/**
 * The one order of all that we learn: a read takes a token before it begins, an event when it arrives,
 * a change that Codat has confirmed when it is recorded here.
 */
export const readTokens = pgSequence('read_tokens');

/**
 * What is known of a company from Codat, and in which order: an answer with a token below
 * `readApplied` is dropped, and `readsRequested` counts the wishes for news, so that a read knows
 * which of them it answers. Changed by every read and event, so that nothing else is in it and nothing
 * but the due time has an index. A trigger makes the row with its company.
 */
export const companyReads = pgTable(
  'company_reads',
  {
    companyId: uuid('company_id')
      .primaryKey()
      .references(() => companies.id, { onDelete: 'cascade' }),
    readsRequested: counter('reads_requested'),
    /** Token of what was last applied to the company: a read, or a change of its name, tags or deletion. */
    readApplied: counter('read_applied'),
    readDueAt: at('read_due_at'),
    readLeaseUntil: at('read_lease_until'),
    readFailures: integer('read_failures').notNull().default(0),
    /** When the newest applied read began, by our clock. */
    readAt: at('read_at'),
    /** When the newest applied webhook arrived. */
    eventAt: at('event_at'),
  },
  (table) => [
    index('company_reads_due_idx').on(table.readDueAt).where(sql`read_due_at is not null`),
  ],
);

/**
 * Runs of the sweep that compares everything with Codat, one unfinished at a time. `nextPage` is where
 * an interrupted run goes on; `notBefore` holds it back, for its share of the quota or because Codat
 * said so.
 */
export const sweeps = pgTable(
  'sweeps',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    startedAt: at('started_at').notNull().defaultNow(),
    finishedAt: at('finished_at'),
    firstToken: bigint('first_token', { mode: 'number' }).notNull(),
    nextPage: integer('next_page').notNull().default(1),
    notBefore: at('not_before').notNull().defaultNow(),
    leaseUntil: at('lease_until'),
    companiesSeen: integer('companies_seen').notNull().default(0),
    companiesFound: integer('companies_found').notNull().default(0),
    /** Connections that differed and that no event told of within a minute. */
    missedByWebhook: integer('missed_by_webhook').notNull().default(0),
    lastError: text('last_error'),
    /** `totalResults` of its last page. */
    companiesListed: integer('companies_listed'),
    /** Companies known here that were on no page. */
    companiesMissing: integer('companies_missing').notNull().default(0),
    /** Companies that could not be applied; each is read singly. */
    companiesFailed: integer('companies_failed').notNull().default(0),
    /** How often its next page has come shorter than Codat's total says. */
    shortPages: integer('short_pages').notNull().default(0),
    /** Too much was missing to believe it at once. */
    doubted: boolean('doubted').notNull().default(false),
    /** Codat refused to order the list. */
    unordered: boolean('unordered').notNull().default(false),
  },
  (table) => [
    index('sweeps_started_idx').on(table.startedAt),
    uniqueIndex('sweeps_unfinished_idx').on(sql`(true)`).where(sql`finished_at is null`),
  ],
);

/** What a sweep found different: missed by webhook unless an event tells of it within a minute. */
export const sweepDifferences = pgTable(
  'sweep_differences',
  {
    sweepId: bigint('sweep_id', { mode: 'number' })
      .notNull()
      .references(() => sweeps.id, { onDelete: 'cascade' }),
    companyId: uuid('company_id')
      .notNull()
      .references(() => companies.id, { onDelete: 'cascade' }),
    connections: integer('connections').notNull(),
    noticedAt: at('noticed_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.sweepId, table.companyId] })],
);

/**
 * Companies that events name and nobody here knows. Each is read once, singly, and adopted; what Codat
 * answered otherwise is remembered, however many events name it.
 */
export const unknownCompanies = pgTable(
  'unknown_companies',
  {
    codatCompanyId: text('codat_company_id').primaryKey(),
    firstNamedAt: at('first_named_at').notNull().defaultNow(),
    /** When to ask Codat next. */
    askAt: at('ask_at').notNull(),
    askedAt: at('asked_at'),
    asked: integer('asked').notNull().default(0),
    answer: text('answer', { enum: unknownAnswers }),
  },
  (table) => [index('unknown_companies_ask_idx').on(table.askAt)],
);

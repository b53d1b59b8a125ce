import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgSequence, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns';
import { companies } from './companies';

/** Tokens that order reads from Codat: taken before a read begins, over all companies. */
export const readTokens = pgSequence('read_tokens');

const counter = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);

/**
 * What is known of a company from Codat, and in which order: a token of one sequence is taken before
 * a read begins, an answer with a token below `readApplied` is dropped, and `readsRequested` counts
 * the wishes for news, so that a read knows which of them it answers. Changed by every read and event,
 * so that nothing else is in it and nothing but the due time has an index. A trigger makes the row
 * with its company.
 */
export const companyReads = pgTable(
  'company_reads',
  {
    companyId: uuid('company_id')
      .primaryKey()
      .references(() => companies.id, { onDelete: 'cascade' }),
    readsRequested: counter('reads_requested'),
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
 * Runs of the sweep that compares everything with Codat. `nextPage` is where an interrupted run goes
 * on; `notBefore` holds it back, for its share of the quota or because Codat said so.
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
    /** Connections that differed and that no waiting event would have told. */
    missedByWebhook: integer('missed_by_webhook').notNull().default(0),
    lastError: text('last_error'),
  },
  (table) => [index('sweeps_started_idx').on(table.startedAt)],
);

import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import { at } from './people';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** Says what this database is for. Seeding and truncating commands refuse one without their mark. */
export const environmentMarker = pgTable('environment_marker', {
  kind: text('kind').primaryKey(),
  createdAt: at('created_at').notNull().defaultNow(),
});

/** Codat's list of platforms, with the logos, so that no page asks Codat or another host for one. */
export const integrations = pgTable('integrations', {
  platformKey: text('platform_key').primaryKey(),
  name: text('name').notNull(),
  sourceType: text('source_type'),
  sourceId: text('source_id'),
  enabled: boolean('enabled').notNull(),
  logo: bytea('logo'),
  logoType: text('logo_type'),
  fetchedAt: at('fetched_at').notNull().defaultNow(),
});

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
    /** Connections that differed and that no waiting event would have reported. */
    missedByWebhook: integer('missed_by_webhook').notNull().default(0),
    lastError: text('last_error'),
  },
  (table) => [index('sweeps_started_idx').on(table.startedAt)],
);

/** What Codat's rate-limit headers last said. One row. */
export const codatQuota = pgTable('codat_quota', {
  id: integer('id').primaryKey(),
  dailyLimit: bigint('daily_limit', { mode: 'number' }).notNull(),
  remaining: bigint('remaining', { mode: 'number' }).notNull(),
  resetAt: at('reset_at'),
  seenAt: at('seen_at').notNull().defaultNow(),
});

/** What staff decide at run time rather than the environment, a row a setting. */
export const operatorSettings = pgTable('operator_settings', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
  updatedAt: at('updated_at').notNull().defaultNow(),
});

/** The last run of each background job, so that one that stopped running is seen. */
export const jobRuns = pgTable('job_runs', {
  name: text('name').primaryKey(),
  startedAt: at('started_at').notNull(),
  finishedAt: at('finished_at'),
  succeededAt: at('succeeded_at'),
  lastError: text('last_error'),
});

/** The last findings of the setup checks, a row each. Never holds a secret. */
export const checkFindings = pgTable('check_findings', {
  id: text('id').primaryKey(),
  group: text('check_group').notNull(),
  title: jsonb('title').$type<CheckText>().notNull(),
  state: text('state').notNull(),
  found: jsonb('found').$type<CheckText>().notNull(),
  mend: jsonb('mend').$type<CheckText | null>(),
  mender: text('mender'),
  /** Since when it has been in this state. */
  since: at('since').notNull().defaultNow(),
  checkedAt: at('checked_at').notNull().defaultNow(),
  position: integer('position').notNull(),
});

type CheckText = { messageKey: string; params?: Record<string, string | number> };

/** When a secret was first seen here. The secret is known only by an HMAC that it keys itself. */
export const secretFingerprints = pgTable(
  'secret_fingerprints',
  {
    name: text('name').notNull(),
    fingerprint: text('fingerprint').notNull(),
    firstSeenAt: at('first_seen_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.name, table.fingerprint] })],
);

/**
 * How many companies and connections there are of each kind, as additions and subtractions: triggers
 * add a row for each change, so that writers never wait for each other, and `foldTallies` puts them
 * together. The sum is exact at any moment. A removed connection is none; a company that staff ignore
 * is `ignored` and nothing else.
 */
export const tallies = pgTable('tallies', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  /** `company`, by attention state, or `connection`, by status and platform. */
  kind: text('kind').notNull(),
  status: text('status').notNull(),
  platformKey: text('platform_key'),
  platformName: text('platform_name'),
  count: integer('count').notNull(),
});

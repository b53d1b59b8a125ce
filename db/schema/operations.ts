import { bigint, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { checkGroups, checkStates, fixPlaces, tallyKinds } from './closed-sets';
import { at } from './columns';

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
  group: text('check_group', { enum: checkGroups }).notNull(),
  title: jsonb('title').$type<CheckText>().notNull(),
  state: text('state', { enum: checkStates }).notNull(),
  found: jsonb('found').$type<CheckText>().notNull(),
  fix: jsonb('fix').$type<CheckText | null>(),
  fixedIn: text('fixed_in', { enum: fixPlaces }),
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
 * add a row for each change, so that writers never wait for each other, and `foldCounts` puts them
 * together. The sum is exact at any moment. A removed connection is none; a company that staff ignore
 * is `ignored` and nothing else.
 */
export const tallies = pgTable('tallies', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  /** `company`, by attention state, or `connection`, by status and platform. */
  kind: text('kind', { enum: tallyKinds }).notNull(),
  status: text('status').notNull(),
  platformKey: text('platform_key'),
  platformName: text('platform_name'),
  count: integer('count').notNull(),
});

/** Says what this database is for. Seeding and truncating commands refuse one without their mark. */
export const environmentMarker = pgTable('environment_marker', {
  kind: text('kind').primaryKey(),
  createdAt: at('created_at').notNull().defaultNow(),
});

/** What staff decide at run time rather than the environment, a row a setting. */
export const operatorSettings = pgTable('operator_settings', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
  updatedAt: at('updated_at').notNull().defaultNow(),
});

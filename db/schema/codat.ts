import { bigint, boolean, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { at, bytea } from './columns';

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

/** What Codat's rate-limit headers last said. One row. */
export const codatQuota = pgTable('codat_quota', {
  id: integer('id').primaryKey(),
  dailyLimit: bigint('daily_limit', { mode: 'number' }).notNull(),
  remaining: bigint('remaining', { mode: 'number' }).notNull(),
  resetAt: at('reset_at'),
  seenAt: at('seen_at').notNull().defaultNow(),
});

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

/**
 * The gate to Codat: what it last said of today's quota, until when it told us to wait, and how many
 * calls have been let through. One row, shared by all processes, by the database's clock.
 */
export const codatQuota = pgTable('codat_quota', {
  id: integer('id').primaryKey(),
  /** Null before Codat's first answer. */
  dailyLimit: bigint('daily_limit', { mode: 'number' }),
  /** As Codat last said, less the calls let through since. */
  remaining: bigint('remaining', { mode: 'number' }),
  resetAt: at('reset_at'),
  seenAt: at('seen_at').notNull().defaultNow(),
  /** From a 429. It stays until a call got another answer, also once the time is over. */
  blockedUntil: at('blocked_until'),
  blockedAt: at('blocked_at'),
  /** When a call was last let through in spite of the block, to see whether it still holds. */
  probedAt: at('probed_at'),
  /** How far the calls of the last minute reach when they are laid out at the steady pace. */
  pacedUntil: at('paced_until'),
});

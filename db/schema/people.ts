import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { operatorRoleNames } from './closed-sets';
import { at } from './columns';

/** People who can sign in. `email` is stored trimmed and in lower case. */
export const users = pgTable('users', {
  id: uuid('id').primaryKey().default(sql`gen_random_uuid()`),
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
  /** argon2id; null for people who only sign in through the operator's identity provider. */
  passwordHash: text('password_hash'),
  emailVerifiedAt: at('email_verified_at'),
  disabledAt: at('disabled_at'),
  createdAt: at('created_at').notNull().defaultNow(),
});

/**
 * Who a person is at the operator's identity provider. `issuer` and `subject` together name them for
 * good; addresses there can change hands.
 */
export const userIdentities = pgTable(
  'user_identities',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: at('created_at').notNull().defaultNow(),
    lastUsedAt: at('last_used_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.issuer, table.subject] }),
    index('user_identities_user_idx').on(table.userId),
  ],
);

/** One row a sign-in; the signed cookie only names it. Ending a session is setting `endedAt`. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey().default(sql`gen_random_uuid()`),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: at('created_at').notNull().defaultNow(),
    lastSeenAt: at('last_seen_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    endedAt: at('ended_at'),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
  },
  (table) => [
    index('sessions_user_idx').on(table.userId),
    // When a session was over, however it ended.
    index('sessions_over_idx').on(sql`least(ended_at, expires_at)`),
  ],
);

/** The operator's staff. Who has no row here is a customer. */
export const operatorRoles = pgTable('operator_roles', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  role: text('role', { enum: operatorRoleNames }).notNull(),
  grantedAt: at('granted_at').notNull().defaultNow(),
});

/**
 * One-time links that make their opener staff. Bound to one address, stored hashed, used up by the
 * form that is posted from them.
 */
export const staffInvites = pgTable('staff_invites', {
  id: uuid('id').primaryKey().default(sql`gen_random_uuid()`),
  email: text('email').notNull(),
  role: text('role', { enum: operatorRoleNames }).notNull(),
  tokenHash: text('token_hash').notNull().unique(),
  createdAt: at('created_at').notNull().defaultNow(),
  expiresAt: at('expires_at').notNull(),
  usedAt: at('used_at'),
});

/** Counts tries per hashed key and fixed window, so that guessing passwords is slow. */
export const throttleHits = pgTable(
  'throttle_hits',
  {
    key: text('key').notNull(),
    windowStart: at('window_start').notNull(),
    hits: integer('hits').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.key, table.windowStart] }),
    index('throttle_hits_window_idx').on(table.windowStart),
  ],
);

import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { companyOrigins, memberRoles } from './closed-sets';
import { at } from './columns';
import { users } from './people';

/**
 * A customer's business: who it is. Its id is the `name` and the `uid` tag of the company at Codat.
 * What changes with every read of it is in `company_reads`, what lists need of it in `company_list`
 * and `company_search`.
 *
 * `provision*` is the one call that creates the company at Codat: the idempotency key and the body
 * are stored before it is made.
 */
export const companies = pgTable(
  'companies',
  {
    id: uuid('id').primaryKey().default(sql`gen_random_uuid()`),
    name: text('name').notNull(),
    origin: text('origin', { enum: companyOrigins }).notNull().default('sign_up'),
    createdAt: at('created_at').notNull().defaultNow(),
    /** The company's tags at Codat, as last read or set. */
    tags: jsonb('tags').$type<Record<string, string>>().notNull().default({}),
    /** Set when staff marked a company found at Codat as not a customer. */
    ignoredAt: at('ignored_at'),
    /**
     * The longest interval, in hours, at which Codat reads this company by its own sync settings (0: no
     * schedule), and when it said so. Asked only when something looks overdue.
     */
    syncHours: integer('sync_hours'),
    syncHoursAt: at('sync_hours_at'),

    codatCompanyId: text('codat_company_id').unique(),
    /** The company's first `redirect`, kept for the record without its query. Never used. */
    codatFirstRedirect: text('codat_first_redirect'),
    codatCreatedAt: at('codat_created_at'),
    codatDeletedAt: at('codat_deleted_at'),
    /** Codat's `description` where it isn't the name: a note for staff that no customer is shown. */
    codatDescription: text('codat_description'),
    /** Codat's id of the company above it, known here or not: one company a legal entity. */
    codatParentId: text('codat_parent_id'),

    provisionKey: uuid('provision_key'),
    provisionBody: jsonb('provision_body').$type<{
      name: string;
      description: string;
      tags: Record<string, string>;
      products?: string[];
    }>(),
    provisionAttempts: integer('provision_attempts').notNull().default(0),
    provisionAttemptedAt: at('provision_attempted_at'),
    provisionLeaseUntil: at('provision_lease_until'),
    /** Message key under `errors` of the last failed attempt; null while nothing is wrong. */
    provisionProblem: text('provision_problem'),
    /** Codat's words where it refused the company, for staff, without Link URLs. */
    provisionSaid: text('provision_said'),
  },
  (table) => [
    index('companies_unprovisioned_idx')
      .on(table.createdAt)
      .where(sql`codat_company_id is null and codat_deleted_at is null`),
    index('companies_parent_idx').on(table.codatParentId).where(sql`codat_parent_id is not null`),
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
    role: text('role', { enum: memberRoles }).notNull().default('owner'),
    createdAt: at('created_at').notNull().defaultNow(),
    removedAt: at('removed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.companyId, table.userId] }),
    index('memberships_user_idx').on(table.userId),
  ],
);

/**
 * Receipts of consent, append-only by a trigger: who agreed for which company to which text. The
 * company isn't referenced, so that a receipt can outlive it.
 */
export const consents = pgTable(
  'consents',
  {
    id: uuid('id').primaryKey().default(sql`gen_random_uuid()`),
    companyId: uuid('company_id').notNull(),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'set null' }),
    textVersion: text('text_version').notNull(),
    textSha256: text('text_sha256').notNull(),
    acceptedAt: at('accepted_at').notNull().defaultNow(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
  },
  (table) => [index('consents_company_idx').on(table.companyId, table.acceptedAt)],
);

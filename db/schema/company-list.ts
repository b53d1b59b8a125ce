import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { attentionStates, listedOrigins } from './closed-sets';
import { at } from './columns';
import { companies } from './companies';

const noText = sql`'{}'::text[]`;

/**
 * What lists show, filter and sort companies by, copied, so that a page reads only this table.
 * `lib/sync/roll-up.ts` writes the row, and only if it differs. The columns that change most come last,
 * which keeps the WAL of an update short.
 */
export const companyList = pgTable(
  'company_list',
  {
    companyId: uuid('company_id')
      .primaryKey()
      .references(() => companies.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    origin: text('origin', { enum: listedOrigins }).notNull(),
    createdAt: at('created_at').notNull(),
    codatCompanyId: text('codat_company_id'),
    ownerEmail: text('owner_email').notNull(),
    tags: jsonb('tags').$type<Record<string, string>>().notNull(),
    ignoredAt: at('ignored_at'),
    codatDeletedAt: at('codat_deleted_at'),
    provisionProblem: text('provision_problem'),
    connectionCount: integer('connection_count').notNull(),
    /** `status|platformKey|sourceType` in every combination, and `tag:key`, `tag:key=value`. */
    facets: text('facets').array().notNull().default(noText),
    attention: text('attention', { enum: attentionStates }).notNull(),
    attentionSince: at('attention_since').notNull().defaultNow(),
    /** Worst first. */
    attentionRank: smallint('attention_rank')
      .notNull()
      .generatedAlwaysAs(sql`array_position(${literals(attentionStates)}, attention)`),
  },
  (table) => [
    index('company_list_created_idx').on(table.createdAt, table.companyId),
    index('company_list_attention_idx').on(
      table.attention,
      table.createdAt,
      table.companyId,
      // Behind the key, so that companies of a state are counted without looking at them.
      table.ignoredAt,
    ),
    // Cut off, because what Codat has as a name may be longer than an index takes.
    index('company_list_name_idx').on(sql`lower(left(name, 100))`, table.companyId),
    index('company_list_name_prefix_idx').on(sql`lower(left(name, 100)) text_pattern_ops`),
    // By code point, so that it serves beginnings of addresses too.
    index('company_list_owner_idx').on(sql`owner_email collate "C"`, table.companyId),
    index('company_list_rank_idx').on(table.attentionRank, table.attentionSince, table.companyId),
    index('company_list_since_idx').on(table.attentionSince, table.companyId),
    index('company_list_connections_idx').on(table.connectionCount, table.companyId),
    // Every search reads the whole list of what is not yet sorted in: it is kept short.
    index('company_list_facets_idx')
      .using('gin', table.facets)
      .with({ gin_pending_list_limit: 256 }),
    index('company_list_unassigned_idx')
      .on(table.createdAt, table.companyId)
      .where(sql`origin = 'codat' and owner_email = '' and ignored_at is null`),
    index('company_list_ignored_idx')
      .on(table.createdAt, table.companyId)
      .where(sql`ignored_at is not null`),
  ],
);

/** What companies are searched by: name, addresses of their people, and ids, in lower case. */
export const companySearch = pgTable(
  'company_search',
  {
    companyId: uuid('company_id')
      .primaryKey()
      .references(() => companies.id, { onDelete: 'cascade' }),
    searchText: text('search_text').notNull(),
  },
  (table) => [
    index('company_search_text_idx')
      .using('gin', table.searchText.op('gin_trgm_ops'))
      .with({ gin_pending_list_limit: 256 }),
  ],
);

function literals(words: readonly string[]) {
  return sql.raw(`array[${words.map((word) => `'${word}'`).join(',')}]`);
}

import { bigint, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { actorKinds } from './closed-sets';
import { at } from './columns';

/**
 * Who did what: every action of staff and every change of rights, append-only by a trigger. Names are
 * copied and nothing is referenced, so that an entry outlives what it is about.
 */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: at('at').notNull().defaultNow(),
    actorKind: text('actor_kind', { enum: actorKinds }).notNull(),
    actorId: uuid('actor_id'),
    /** The person's address, or the name of the job or command. */
    actorName: text('actor_name').notNull(),
    action: text('action').notNull(),
    companyId: uuid('company_id'),
    /** What it was done to, as a person would name it. */
    subject: text('subject').notNull().default(''),
    detail: jsonb('detail').$type<Record<string, string | number | boolean | null>>().notNull(),
    requestId: text('request_id'),
    ipAddress: text('ip_address'),
  },
  (table) => [
    index('audit_at_idx').on(table.at, table.id),
    index('audit_company_idx').on(table.companyId, table.at, table.id),
    index('audit_actor_idx').on(table.actorName, table.at, table.id),
    index('audit_action_idx').on(table.action, table.at, table.id),
  ],
);

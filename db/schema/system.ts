import { boolean, customType, pgTable, text } from 'drizzle-orm/pg-core';
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

import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './db/schema/people.ts',
    './db/schema/companies.ts',
    './db/schema/connections.ts',
    './db/schema/webhooks.ts',
    './db/schema/company-list.ts',
    './db/schema/sync.ts',
    './db/schema/codat.ts',
    './db/schema/operations.ts',
    './db/schema/audit.ts',
  ],
  out: './db/migrations',
});

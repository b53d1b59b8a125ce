import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';

/** PostgreSQL channel on which instances tell each other what has changed. */
export const liveChannel = 'portal_live';

/** NOTIFY takes less than 8,000 bytes; a UUID in JSON takes 39. */
const companiesPerNotice = 150;

/** Tells every instance's open pages that these companies have changed. */
export async function publishChange(db: Executor, companyIds: string[]): Promise<void> {
  const unique = [...new Set(companyIds)];
  for (let start = 0; start < unique.length; start += companiesPerNotice) {
    const notice = JSON.stringify(unique.slice(start, start + companiesPerNotice));
    await db.execute(sql`select pg_notify(${liveChannel}, ${notice})`);
  }
}

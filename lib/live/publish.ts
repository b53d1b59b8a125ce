import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { listAbove } from '@/db/family';

/** PostgreSQL channel on which processes tell each other which companies have changed. */
export const companyChannel = 'portal_live';

/**
 * Channel on which triggers name the people whose session ended or whose rights changed: the same
 * name is in the database's functions.
 */
export const personChannel = 'portal_people';

/** NOTIFY takes less than 8,000 bytes; a UUID in JSON takes 39. */
const companiesPerNotice = 150;

/**
 * Tells every process's open pages that these companies have changed, and with them those above them,
 * whose pages show them.
 */
export async function publishChange(db: Executor, companyIds: string[]): Promise<void> {
  const unique = [...new Set([...companyIds, ...(await listAbove(db, ...companyIds))])];
  for (let start = 0; start < unique.length; start += companiesPerNotice) {
    const notice = JSON.stringify(unique.slice(start, start + companiesPerNotice));
    await db.execute(sql`select pg_notify(${companyChannel}, ${notice})`);
  }
}

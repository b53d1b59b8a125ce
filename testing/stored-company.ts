import { eq } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { readCompany } from '@/lib/sync/read-company';
import { beginRead } from '@/lib/sync/read-ticket';

/** A company as the database has it. */
export async function storedCompany(companyId: string): Promise<typeof companies.$inferSelect> {
  const [row] = await getDb().select().from(companies).where(eq(companies.id, companyId));
  if (!row) throw new Error('no company');
  return row;
}

/** Reads a company from the local Codat now, as the worker does when a read is due. */
export async function readNow(companyId: string): Promise<void> {
  const ticket = await beginRead(getDb(), companyId);
  if (!ticket) throw new Error('no ticket');
  await readCompany(ticket, 'read');
}

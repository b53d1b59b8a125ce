import { getDb } from '@/db/client';
import { readCompany } from '@/lib/sync/read-company';
import { beginRead } from '@/lib/sync/read-ticket';

/** Reads a company from the local Codat now, as the worker does when a read is due. */
export async function readNow(companyId: string): Promise<void> {
  const ticket = await beginRead(getDb(), companyId);
  if (!ticket) throw new Error('no ticket');
  await readCompany(ticket, 'read');
}

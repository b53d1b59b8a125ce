import 'server-only';
import { and, eq, gte, lt, type SQL } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { companies } from '@/db/schema/companies';
import { endOfMinute, startOfMinute } from '@/lib/lists/schemas';
import { isUuid } from '@/lib/uuid';
import type { AuditFilter } from './schemas';

/** No company has it. */
const nobodysId = '00000000-0000-0000-0000-000000000000';

/** The filter as a condition on `audit_entries`; undefined when it lets everything through. */
export async function matchesAudit(filter: AuditFilter): Promise<SQL | undefined> {
  const [from, to] = [startOfMinute(filter.from), endOfMinute(filter.to)];
  return and(
    filter.action ? eq(auditEntries.action, filter.action) : undefined,
    filter.actor ? eq(auditEntries.actorName, filter.actor) : undefined,
    filter.company ? eq(auditEntries.companyId, await toOwnId(filter.company)) : undefined,
    from ? gte(auditEntries.at, from) : undefined,
    to ? lt(auditEntries.at, to) : undefined,
  );
}

/** Entries carry our id of a company, also of one that is gone; staff may have Codat's at hand. */
async function toOwnId(id: string): Promise<string> {
  const [company] = await getDb()
    .select({ id: companies.id })
    .from(companies)
    .where(eq(companies.codatCompanyId, id));
  return company?.id ?? (isUuid(id) ? id : nobodysId);
}

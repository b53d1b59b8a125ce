import 'server-only';
import { and, eq, gte, lt, type SQL } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { webhookEvents } from '@/db/schema/webhooks';
import { endOfMinute, startOfMinute } from '@/lib/lists/schemas';
import { isUuid } from '@/lib/uuid';
import type { EventFilter } from './schemas';

/** The filter as a condition on `webhook_events`; undefined when it lets everything through. */
export async function matchesFilter(filter: EventFilter): Promise<SQL | undefined> {
  const [from, to] = [startOfMinute(filter.from), endOfMinute(filter.to)];
  return and(
    filter.type ? eq(webhookEvents.eventType, filter.type) : undefined,
    filter.webhook ? eq(webhookEvents.webhookId, filter.webhook) : undefined,
    filter.company ? eq(webhookEvents.codatCompanyId, await toCodatId(filter.company)) : undefined,
    from ? gte(webhookEvents.receivedAt, from) : undefined,
    to ? lt(webhookEvents.receivedAt, to) : undefined,
  );
}

/**
 * Events carry Codat's id, and only those that have been applied ours too: a company's events are
 * all found by the former.
 */
async function toCodatId(id: string): Promise<string> {
  if (!isUuid(id)) return id;
  const [company] = await getDb()
    .select({ codatCompanyId: companies.codatCompanyId })
    .from(companies)
    .where(eq(companies.id, id));
  return company?.codatCompanyId ?? id;
}

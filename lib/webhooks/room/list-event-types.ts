import 'server-only';
import { sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { portalEventTypes } from '@/lib/webhooks/inbox/event-types';

const mostTypes = 100;

/**
 * Every type that an event has had, and those that the portal acts on. Steps from one type to the
 * next on the index, so that it reads as many rows as there are types.
 */
export async function listEventTypes(): Promise<string[]> {
  const { rows } = await getDb().execute<{ type: string }>(sql`
    with recursive seen as (
      (select event_type as type from webhook_events order by event_type limit 1)
      union all
      select (select event_type from webhook_events where event_type > seen.type
              order by event_type limit 1)
      from seen where seen.type is not null
    )
    select type from seen where type is not null limit ${mostTypes}`);
  return [...new Set([...portalEventTypes, ...rows.map(({ type }) => type)])].sort();
}

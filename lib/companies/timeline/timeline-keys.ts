import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import type { TimelineEntry, TimelineFilter } from './timeline-schemas';

export type TimelineKind = TimelineEntry['kind'];
/** `at` in microseconds since 1970, which a JavaScript date would cut off. */
export type TimelineKey = { kind: TimelineKind; id: string; at: string };

type Branch = { kind: TimelineKind; at: SQL; from: SQL; where?: SQL; filters: TimelineFilter[] };

const branches: Branch[] = [
  {
    kind: 'status',
    at: sql`recorded_at`,
    from: sql`connection_status_changes`,
    filters: ['all', 'changes'],
  },
  {
    kind: 'status',
    at: sql`recorded_at`,
    from: sql`connection_status_changes`,
    where: sql`source = 'customer'`,
    filters: ['customer'],
  },
  { kind: 'webhook', at: sql`received_at`, from: sql`webhook_events`, filters: ['webhook'] },
  {
    // Beside the change that an event made it would say the same twice.
    kind: 'webhook',
    at: sql`received_at`,
    from: sql`webhook_events`,
    where: sql`not exists (select from connection_status_changes c
      where c.webhook_id = webhook_events.webhook_id)`,
    filters: ['all'],
  },
  { kind: 'audit', at: sql`at`, from: sql`audit_entries`, filters: ['all'] },
  {
    kind: 'audit',
    at: sql`at`,
    from: sql`audit_entries`,
    where: sql`actor_kind = 'system'`,
    filters: ['changes'],
  },
  {
    kind: 'audit',
    at: sql`at`,
    from: sql`audit_entries`,
    where: sql`actor_kind <> 'system'`,
    filters: ['staff'],
  },
  { kind: 'consent', at: sql`accepted_at`, from: sql`consents`, filters: ['all', 'customer'] },
  {
    kind: 'link',
    at: sql`started_at`,
    from: sql`link_sessions`,
    where: sql`started_as = 'member'`,
    filters: ['all', 'customer'],
  },
  {
    // The audit already has the copying; that someone came back by it is new.
    kind: 'link',
    at: sql`returned_at`,
    from: sql`link_sessions`,
    where: sql`started_as = 'staff' and returned_at is not null`,
    filters: ['all', 'customer'],
  },
];

/** Where the entries of a company's timeline are, newest first, from behind the cursor on. */
export async function listTimelineKeys(
  companyId: string,
  filter: TimelineFilter,
  cursor: TimelineKey | null,
  limit: number,
): Promise<TimelineKey[]> {
  const parts = branches
    .filter(({ filters }) => filters.includes(filter))
    .map(
      ({ kind, at, from, where }) => sql`(
        select ${kind}::text collate "C" as kind, id::text collate "C" as id, ${at} as at from ${from}
        where company_id = ${companyId} ${where ? sql`and ${where}` : sql``}
          ${cursor ? behind(kind, at, cursor) : sql``}
        order by ${at} desc, id::text collate "C" desc limit ${limit})`,
    );
  const { rows } = await getDb().execute<TimelineKey>(sql`
    select kind, id, (extract(epoch from at) * 1000000)::bigint::text as at from (${sql.join(parts, sql` union all `)}) entries
    order by entries.at desc, entries.kind desc, entries.id desc limit ${limit}`);
  return rows.map(({ kind, id, at }) => ({ kind, id, at }));
}

/** The second condition says nothing new, but lets the index begin there. */
function behind(kind: TimelineKind, at: SQL, cursor: TimelineKey): SQL {
  const moment = sql`('epoch'::timestamptz + ${cursor.at}::bigint * interval '1 microsecond')`;
  return sql`and (${at}, ${kind}::text collate "C", id::text collate "C")
      < (${moment}, ${cursor.kind}::text, ${cursor.id}::text) and ${at} <= ${moment}`;
}

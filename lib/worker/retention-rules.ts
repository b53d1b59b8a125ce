import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '@/db/client';
import { linkSessions } from '@/db/schema/connections';
import { sessions, throttleHits } from '@/db/schema/people';
import { sweeps, unknownCompanies } from '@/db/schema/sync';
import { webhookIds } from '@/db/schema/webhooks';
import { getEnv } from '@/env';

export const expiringKinds = [
  'webhooks',
  'webhook_ids',
  'unknown_companies',
  'sweeps',
  'handoffs',
  'sessions',
  'throttle',
] as const;

export type RetentionRule = {
  kind: (typeof expiringKinds)[number];
  /** Deletes rows, at most `size` a statement, and yields after each how many. */
  batches: (db: Db, size: number) => AsyncGenerator<number>;
};

const before = (days: number) => sql`now() - ${days} * interval '1 day'`;

/**
 * What is deleted, and after how many days. Consents, audit log and history of connections are
 * evidence and in no rule: only `npm run erase` touches them.
 */
export function retentionRules(): RetentionRule[] {
  const env = getEnv();
  return [
    { kind: 'webhooks', batches: (db, size) => deleteEvents(db, size, env.KEEP_WEBHOOKS_DAYS) },
    // For as long as there is an event, its id is needed too.
    byIndex('webhook_ids', webhookIds, sql`webhook_id`, sql`last_received_at`, {
      where: sql`last_received_at < ${before(env.KEEP_WEBHOOK_IDS_DAYS)} and not exists (
        select from webhook_events where webhook_events.webhook_id = webhook_ids.webhook_id)`,
    }),
    // Of events that are gone: another one that names the company has it asked about again.
    byIndex('unknown_companies', unknownCompanies, sql`codat_company_id`, sql`first_named_at`, {
      where: sql`first_named_at < ${before(env.KEEP_WEBHOOKS_DAYS)} and asked > 0`,
    }),
    // The last one that finished says when everything was last compared.
    byIndex('sweeps', sweeps, sql`id`, sql`started_at`, {
      where: sql`started_at < ${before(env.KEEP_SWEEPS_DAYS)} and finished_at is not null
        and id <> (select max(id) from sweeps where finished_at is not null)`,
    }),
    byIndex('handoffs', linkSessions, sql`id`, sql`started_at`, {
      where: sql`started_at < ${before(env.KEEP_HANDOFFS_DAYS)} and expires_at < now()`,
    }),
    byIndex('sessions', sessions, sql`id`, sql`least(ended_at, expires_at)`, {
      where: sql`least(ended_at, expires_at) < ${before(env.KEEP_SESSIONS_DAYS)}`,
    }),
    // The longest window that is counted is a day.
    byIndex('throttle', throttleHits, sql`key, window_start`, sql`window_start`, {
      where: sql`window_start < ${before(2)}`,
    }),
  ];
}

/** A rule for rows that an index leads to, oldest first. Rows that someone holds wait an hour. */
function byIndex(
  kind: RetentionRule['kind'],
  table: PgTable,
  key: SQL,
  order: SQL,
  { where }: { where: SQL },
): RetentionRule {
  return {
    kind,
    async *batches(db, size) {
      for (let deleted = size; deleted === size; ) {
        const { rowCount } = await db.execute(sql`
          delete from ${table} where (${key}) in (
            select ${key} from ${table} where ${where}
            order by ${order} limit ${size} for update skip locked)`);
        deleted = rowCount ?? 0;
        yield deleted;
      }
    },
  };
}

type EventBatch = { last: number; deleted: number; hasOld: boolean };

/**
 * Deletes old webhook events, except dead letters that no one has settled, what still waits, and what
 * told us of a state that a connection is in and should not be. Goes through the ids, so that what
 * stays is looked at once a run, however much it is.
 */
async function* deleteEvents(db: Db, size: number, days: number): AsyncGenerator<number> {
  for (let after = 0; ; ) {
    const { rows } = await db.execute<EventBatch>(sql`
      with batch as materialized (
        select id, received_at < ${before(days)} as is_old from webhook_events
        where id > ${after} order by id limit ${size}
      ), old as (
        select event.id from webhook_events event join batch on batch.id = event.id
        where batch.is_old and event.state not in ('dead', 'pending') and not exists (
          select from connection_status_changes change
          join connections on connections.id = change.connection_id
          where change.webhook_id = event.webhook_id and connections.removed_at is null
            and connections.status = change.to_status
            and connections.status in ('Deauthorized', 'PendingAuth'))
        order by event.id for update of event skip locked
      ), gone as (
        delete from webhook_events where id in (select id from old) returning id
      )
      select max(id)::float8 as last, coalesce(bool_or(is_old), false) as "hasOld",
        (select count(*)::int from gone) as deleted
      from batch`);
    const [batch] = rows;
    yield batch?.deleted ?? 0;
    if (!batch?.hasOld) return;
    after = batch.last;
  }
}

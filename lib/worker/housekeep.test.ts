import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect, type Db, getDb } from '@/db/client';
import { webhookEvents } from '@/db/schema/webhooks';
import { getEnv } from '@/env';
import { receiveDelivery } from '@/lib/webhooks/inbox/receive';
import { makeCustomer } from '@/testing/make-customer';
import { makeOwnDatabase } from '@/testing/own-database';
import { sign } from '@/testing/sign-delivery';
import { housekeep } from './housekeep';
import { retentionRules } from './retention-rules';

let dropDatabase: () => Promise<void>;
let db: Db;

beforeAll(async () => {
  dropDatabase = await makeOwnDatabase('housekeep');
  db = getDb();
});
afterAll(async () => {
  await db.$client.end();
  await dropDatabase();
});

const tables = [
  ...['webhook_events', 'webhook_ids', 'unknown_companies', 'link_sessions'],
  ...['sweeps', 'sweep_differences', 'throttle_hits'],
];
beforeEach(async () => {
  await db.execute(sql.raw(`truncate ${tables.join(', ')}`));
});

/** Events with their ids, each so many days old. */
async function addEvents(count: number, daysOld: number, state = 'processed'): Promise<void> {
  await db.execute(sql`
    with added as (
      insert into webhook_events (webhook_id, event_type, payload, state, received_at)
      select gen_random_uuid()::text, 'read.completed', '{"a":1}', ${state},
        now() - ${daysOld} * interval '1 day'
      from generate_series(1, ${count}) returning webhook_id, received_at
    )
    insert into webhook_ids (webhook_id, first_received_at, last_received_at)
    select webhook_id, received_at, received_at from added`);
}

async function countOf(table: string): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from ${sql.raw(table)}`,
  );
  return rows[0]?.count ?? -1;
}

describe('webhook events', () => {
  it('go after their days, save for dead letters and what waits, and their ids outlive them', async () => {
    await addEvents(3, 89);
    await addEvents(3, 91);
    await addEvents(2, 91, 'unmatched');
    await addEvents(2, 1000, 'dead');
    await addEvents(1, 1000, 'pending');
    await addEvents(4, 401);
    expect(await housekeep()).toMatchObject({ webhooks: 9, webhook_ids: 4 });
    expect(await countOf('webhook_events')).toBe(6);
    expect(await countOf('webhook_ids')).toBe(11);
  });

  it('stay while a connection is in the state that they told of', async () => {
    const { companyId } = await makeCustomer();
    await addEvents(1, 100);
    const [event] = await db.select().from(webhookEvents);
    const connectionId = crypto.randomUUID();
    await db.execute(sql`
      insert into connections (id, company_id, platform_name, source_type, status)
      values (${connectionId}, ${companyId}, 'Xero', 'Accounting', 'Deauthorized')`);
    await db.execute(sql`
      insert into connection_status_changes
        (company_id, connection_id, to_status, source, webhook_id, occurred_at)
      values (${companyId}, ${connectionId}, 'Deauthorized', 'webhook', ${event?.webhookId}, now())`);
    await housekeep();
    expect(await countOf('webhook_events')).toBe(1);
    await db.execute(sql`update connections set status = 'Linked' where id = ${connectionId}`);
    await housekeep();
    expect(await countOf('webhook_events')).toBe(0);
    expect(await countOf('connection_status_changes')).toBe(1);
  });

  it('are recognised when an old delivery is repeated', async () => {
    const delivery = sign('msg_1', { eventType: 'company.updated', id: 'e1' });
    expect(await receiveDelivery(delivery)).toBe(204);
    await db.execute(sql`update webhook_events set state = 'ignored',
      received_at = now() - interval '100 days'`);
    await db.execute(sql`update webhook_ids set last_received_at = now() - interval '100 days'`);
    await housekeep();
    expect(await countOf('webhook_events')).toBe(0);
    expect(await receiveDelivery(delivery)).toBe(204);
    expect(await countOf('webhook_events')).toBe(0);
  });
});

it('forgets what Codat said of companies that no event names any more', async () => {
  await db.execute(sql`insert into unknown_companies
      (codat_company_id, first_named_at, ask_at, asked)
    select 'c' || days, now() - days * interval '1 day', now(), 1 from unnest('{100,80}'::int[]) days`);
  expect(await housekeep()).toMatchObject({ unknown_companies: 1 });
});

it('keeps for as long as the settings say', async () => {
  await addEvents(1, 50);
  const kept = getEnv().KEEP_WEBHOOKS_DAYS;
  getEnv().KEEP_WEBHOOKS_DAYS = 40;
  expect(await housekeep()).toMatchObject({ webhooks: 1 });
  getEnv().KEEP_WEBHOOKS_DAYS = kept;
});

it('deletes old sweeps, hand-offs, sessions and counts of attempts, and nothing that is needed', async () => {
  const { actor, companyId } = await makeCustomer();
  await db.execute(sql`insert into sweeps (started_at, finished_at, first_token)
    select now() - days * interval '1 day', now() - days * interval '1 day', 1
    from unnest('{500,400,300}'::int[]) as days`);
  await db.execute(sql`insert into sweeps (started_at, first_token) values ('2020-01-01', 1)`);
  await db.execute(sql`
    insert into link_sessions (state_hash, company_id, user_id, started_at, expires_at)
    select gen_random_uuid()::text, ${companyId}, ${actor.userId},
      now() - days * interval '1 day', now() - (days - 1) * interval '1 day'
    from unnest('{366,364}'::int[]) as days`);
  await db.execute(sql`
    insert into sessions (user_id, expires_at, ended_at)
    select ${actor.userId}, now() + expires * interval '1 day', now() + ended * interval '1 day'
    from (values (-91, null), (-89, null), (5, -91), (5, -89)) as t (expires, ended)`);
  await db.execute(sql`insert into throttle_hits (key, window_start, hits)
    values ('a', now() - interval '3 days', 1), ('a', now() - interval '1 day', 1)`);
  expect(await housekeep()).toMatchObject({ sweeps: 2, handoffs: 1, sessions: 2, throttle: 1 });

  await db.execute(sql`update sweeps set started_at = '2020-01-01', finished_at = '2020-01-02'
    where finished_at is not null`);
  await housekeep();
  expect(await countOf('sweeps')).toBe(2);
});

it('waits for no one who holds a row, and takes it the next time', async () => {
  await addEvents(5, 100);
  await db.transaction(async (tx) => {
    await tx.execute(sql`select from webhook_events limit 2 for update`);
    expect(await housekeep()).toMatchObject({ webhooks: 3 });
  });
  expect(await housekeep()).toMatchObject({ webhooks: 2 });
});

it('continues where a run was cut off, and counts the same when two run at once', async () => {
  await addEvents(2500, 450);
  const cut = await housekeep({ timeMs: 0 });
  expect(cut).toMatchObject({ webhooks: 1000 });
  expect(await countOf('webhook_events')).toBe(1500);
  const both = await Promise.all([housekeep(), housekeep()]);
  expect(both.reduce((sum, { webhooks = 0 }) => sum + webhooks, 0)).toBe(1500);
  expect(await countOf('webhook_ids')).toBe(0);
});

it('takes many rows in statements that are short each, whatever stays among them', async () => {
  await addEvents(10_000, 100, 'dead');
  await addEvents(50_000, 450);
  await addEvents(1000, 1);
  await db.execute(sql`analyze`);
  // What takes longer is an error, and would hold up who waits.
  const impatient = connect(process.env.DATABASE_URL ?? '', { max: 1, queryTimeoutMs: 1600 });
  const gone = await housekeep({ db: impatient, rules: retentionRules() });
  await impatient.$client.end();
  expect(gone).toMatchObject({ webhooks: 50_000, webhook_ids: 50_000 });
  expect(await countOf('webhook_events')).toBe(11_000);
});

import 'server-only';
import { sql } from 'drizzle-orm';
import type { Db, Tx } from '@/db/client';

/** How many of each were made. */
export type SeededCounts = { companies: number; connections: number; users: number };

/**
 * Adds many companies with people and connections, as they would be after a few years: mostly fine,
 * few broken, some unassigned. One transaction, which writes without the indexes of what lists read and
 * rebuilds them at its end; readers wait for it. `rollUp` is given the transaction before that.
 */
export async function addManyCompanies(
  db: Db,
  count: number,
  rollUp: (tx: Tx) => Promise<void>,
): Promise<SeededCounts> {
  const counts = await db.transaction(async (tx) => {
    await tx.execute(sql`set local maintenance_work_mem = '256MB'`);
    const definitions = await dropIndexes(tx);
    await planCompanies(tx, count);
    const made = await insertAll(tx);
    await rollUp(tx);
    await ageStates(tx);
    for (const definition of definitions) await tx.execute(sql.raw(definition));
    return made;
  });
  for (const table of [
    ...listed,
    'companies',
    'company_reads',
    'connections',
    'memberships',
    'users',
  ]) {
    await db.execute(sql.raw(`vacuum analyze ${table}`));
  }
  return counts;
}

/** What has the most indexes, and is written last. */
const listed = ['company_list', 'company_search'];

/** Drops their indexes that no constraint needs, and answers how to make them again. */
async function dropIndexes(tx: Tx): Promise<string[]> {
  const { rows } = await tx.execute<{ name: string; definition: string }>(sql`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i
    where i.indrelid = any(${sql.param(listed)}::regclass[])
      and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`);
  for (const { name } of rows) await tx.execute(sql.raw(`drop index ${name}`));
  return rows.map(({ definition }) => definition);
}

/** A number from 0 to 1 that looks random and is the same for the same company and purpose. */
const chance = (purpose: string) =>
  sql.raw(`((hashtextextended('${purpose}', g) & 2147483647) / 2147483648.0)`);

const pick = (list: string, purpose: string) =>
  sql`(${sql.raw(list)})[1 + floor(${chance(purpose)} * array_length(${sql.raw(list)}, 1))::int]`;

const firstNames = `'{Amelia,Tobias,Priya,Kwame,Sofia,Jun,Eleanor,Maya,Oskar,Lena,Ibrahim,Chloe,Mateo,Ingrid,Yusuf,Hana,Piotr,Aoife,Rafael,Zoe}'::text[]`;
const lastNames = `'{Marlow,Krüger,Raman,Mensah,Almeida,Takahashi,Whitcombe,Lindqvist,Novak,Okafor,Silva,Brandt,Moreau,Haddad,Kowalski,Byrne,Castillo,Nakamura,Osei,Fischer,Larsen,Petrov,Dubois,Rossi,Ahmed,Clarke,Jansen,Popescu,Weiss,Ortega}'::text[]`;
const trades = `'{Bakery,Florists,Joinery,Dental Practice,Imports,Bikes,Tea,Roasters,Plumbing,Optics,Books,Garage,Studio,Catering,Brewing,Gardens,Textiles,Logistics,Clinic,Electrical}'::text[]`;
const towns = `'{Leeds,Bergen,Porto,Accra,Lyon,Graz,Austin,Osaka,Cork,Gdańsk,Utrecht,Bristol,Turin,Denver,Malmö,Perth}'::text[]`;
const forms = `'{Ltd,GmbH,LLC,SARL,AB,& Sons,& Daughters,Partners}'::text[]`;

/** Decides on every company first, so that all tables tell the same story about it. */
async function planCompanies(tx: Tx, count: number): Promise<void> {
  await tx.execute(sql`
    create temporary table planned on commit drop as
    select g, gen_random_uuid() as company_id, gen_random_uuid() as user_id,
      gen_random_uuid()::text as codat_company_id,
      ${pick(firstNames, 'first')} as first_name, ${pick(lastNames, 'last')} as last_name,
      ${pick(trades, 'trade')} as trade, ${pick(towns, 'town')} as town, ${pick(forms, 'form')} as form,
      case
        when ${chance('state')} < 0.005 then 'deleted'
        when ${chance('state')} < 0.008 then 'provisioning'
        when ${chance('state')} < 0.05 then 'needs_reconnect'
        when ${chance('state')} < 0.06 then 'data_stopped'
        when ${chance('state')} < 0.09 then 'unfinished'
        when ${chance('state')} < 0.12 then 'disconnected'
        when ${chance('state')} < 0.18 then 'none'
        else 'ok' end as attention,
      null::timestamptz as since,
      ${chance('nobody')} < 0.02 as is_nobodys,
      now() - ${chance('created')} * interval '1000 days' as created_at
    from generate_series(1, ${count}::bigint) as g`);
  // What is broken has been for weeks, what is well for years.
  await tx.execute(sql`
    update planned set since = case when attention in ('ok', 'none')
      then created_at + ${chance('since')} * (now() - created_at)
      else greatest(created_at, now() - power(${chance('since')}, 2) * interval '60 days') end`);
}

async function insertAll(tx: Tx): Promise<SeededCounts> {
  const tag = crypto.randomUUID().slice(0, 8);
  const users = await tx.execute(sql`
    insert into users (id, email, name, created_at)
    select user_id, lower(first_name || '.' || last_name || '.' || g || '-' || ${tag}::text || '@example.com'),
      first_name || ' ' || last_name, created_at
    from planned where not is_nobodys`);
  const companies = await tx.execute(sql`
    insert into companies (id, name, origin, created_at, codat_company_id, codat_created_at,
      codat_deleted_at, tags, ignored_at, provision_lease_until)
    select company_id,
      last_name || ' ' || trade || case when ${chance('long')} < 0.01
        then ', formerly the ' || town || ' ' || trade || ' and ' || first_name || ' ' || last_name || ' Partnership of ' || town
        else ' ' || town || ' ' || form end,
      case when is_nobodys then 'codat' else 'sign_up' end,
      created_at,
      case when attention <> 'provisioning' then codat_company_id end,
      case when attention <> 'provisioning' then created_at end,
      case when attention = 'deleted' then since end,
      jsonb_build_object('uid', company_id::text, 'region', ${pick(`'{uk,eu,us,apac}'::text[]`, 'region')})
        || case when ${chance('tier')} < 0.1 then '{"tier":"gold"}'::jsonb else '{}' end,
      case when is_nobodys and ${chance('ignored')} < 0.3 then now() - interval '3 days' end,
      -- Codat must not be asked to make them.
      case when attention = 'provisioning' then '9999-12-31'::timestamptz end
    from planned`);
  // Nor whether it still has them: `neverRead` of `lib/sync/read-ticket.ts`.
  await tx.execute(sql`
    update company_reads set read_applied = ${Number.MAX_SAFE_INTEGER}::bigint,
      read_at = case when attention <> 'provisioning'
        then now() - ${chance('read')} * interval '20 minutes' end
    from planned where planned.company_id = company_reads.company_id`);
  await tx.execute(sql`
    insert into memberships (company_id, user_id, created_at)
    select company_id, user_id, created_at from planned where not is_nobodys
    union all
    select p.company_id, other.user_id, p.created_at + interval '1 day'
    from planned p join planned other on other.g = p.g - 1
    where p.g % 12 = 0 and not p.is_nobodys and not other.is_nobodys`);
  return {
    users: users.rowCount ?? 0,
    companies: companies.rowCount ?? 0,
    connections: await insertConnections(tx),
  };
}

/** As long as its connections have been so. */
async function ageStates(tx: Tx): Promise<void> {
  await tx.execute(sql`
    update company_list set attention_since = planned.since
    from planned where planned.company_id = company_list.company_id`);
}

async function insertConnections(tx: Tx): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    insert into connections (id, company_id, platform_key, platform_name, source_type, status,
      codat_created_at, linked_at, status_changed_at, first_known_at, last_sync_at, removed_at,
      errors, stopped_why, stopped_since)
    select gen_random_uuid()::text, c.company_id, platform.key, platform.name, platform.type, c.status,
      c.begun_at, case when c.status <> 'PendingAuth' then c.begun_at end, c.changed_at, c.begun_at,
      case when c.is_stopped then c.since when c.status = 'Linked' then now() - interval '1 hour' end,
      case when c.attention = 'deleted' then c.since end,
      case when c.is_stopped then jsonb_build_array(jsonb_build_object('statusCode', '401',
        'statusText', null, 'message', 'Refresh token expired', 'at', c.since,
        'state', 'Active')) else '[]' end,
      case when c.is_stopped then 'sign_in' end, case when c.is_stopped then c.since end
    from (
      select *,
        -- A connection that never was linked is as old as its status.
        case when status = 'PendingAuth' then changed_at else created_at end as begun_at
      from (
        select *,
          status = 'Linked' and attention = 'data_stopped' and nth = 1 as is_stopped,
          -- The company is in its state since this one changed, and the others before.
          case when nth = 1 and attention not in ('deleted', 'provisioning', 'data_stopped')
            then since else created_at end as changed_at
        from (
      select company_id, created_at, since, attention, g, nth,
        case
          when nth > 1 and ${chance('apart')} < 0.05 then 'Unlinked'
          when attention = 'needs_reconnect' and nth = 1 then 'Deauthorized'
          when attention = 'unfinished' and nth = 1 then 'PendingAuth'
          when attention = 'disconnected' then 'Unlinked'
          else 'Linked' end as status,
        ${chance('platform')} as luck
      from planned cross join lateral generate_series(1, case
        when attention in ('none', 'provisioning') then 0
        when attention = 'ok' then 1 + floor(${chance('many')} * 4.6)::int
        else 1 + floor(${chance('many')} * 3)::int end) as nth
    ) planned_connection) dated) c
    join (values
      ('gbol', 'Xero', 'Accounting', 0.0, 0.34), ('qhyg', 'QuickBooks Online', 'Accounting', 0.34, 0.62),
      ('tgff', 'Sage Accounting', 'Accounting', 0.62, 0.76), ('exgd', 'Stripe', 'Commerce', 0.76, 0.88),
      ('fztf', 'Shopify', 'Commerce', 0.88, 0.98), ('suuo', 'Plaid', 'Banking', 0.98, 1.0)
    ) as platform (key, name, type, at_least, below)
      on mod((c.luck + c.nth * 0.31)::numeric, 1) >= platform.at_least
      and mod((c.luck + c.nth * 0.31)::numeric, 1) < platform.below`);
  return rowCount ?? 0;
}

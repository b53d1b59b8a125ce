import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { lineAbove, treeBelow, withRelatives } from '@/db/family';

/**
 * Recomputes what lists show and search of companies: `company_list` and `company_search`, each
 * written only where it differs. `attentionSince` moves only when the state does: to now, or to when the
 * connection that needs somebody came to need them. Statuses we do not know count as fine: they are
 * shown as they are. Call it in the transaction that changes a company,
 * its connections or its people, and that holds the company. A company's state counts the connections of
 * those below it; those below it belong to its people.
 */
export async function rollUpCompanies(db: Executor, companyIds: string[]): Promise<void> {
  const ids = sql`${sql.param(await withRelatives(db, companyIds))}::uuid[]`;
  await db.execute(sql`
    with recursive ${lineAbove('line', ids)}, ${treeBelow('tree', ids)}, present as (
      select tree.company_id,
        -- Since when at least one is so, at the least.
        min(coalesce(state_since, first_known_at)) filter (where state = 'Deauthorized') as deauthorized,
        min(coalesce(state_since, first_known_at)) filter (where state = 'stopped') as stopped,
        min(coalesce(state_since, first_known_at)) filter (where state = 'PendingAuth') as pending,
        bool_or(state not in ('Deauthorized', 'stopped', 'PendingAuth', 'Unlinked')) as linked,
        count(*)::int as total
      from tree join connections on connections.company_id = tree.member_id
      where removed_at is null
      group by tree.company_id
    ), facet as (
      -- Every combination of state, platform and source type, so that any filter is one look-up.
      select c.company_id, array_agg(distinct v.facet) as facets
      from connections c
      cross join lateral unnest(array[c.state, '']) as s(state)
      cross join lateral unnest(array[coalesce(c.platform_key, ''), '']) as p(platform)
      cross join lateral unnest(array[c.source_type, '']) as t(source_type)
      cross join lateral (select s.state || '|' || p.platform || '|' || t.source_type as facet) v
      where c.company_id = any(${ids}) and c.removed_at is null and v.facet <> '||'
      group by c.company_id
    ), tagged as (
      select c.id as company_id, array_agg(distinct v.facet) as facets
      from companies c
      cross join lateral jsonb_each_text(c.tags) as tag(key, value)
      cross join lateral (values ('tag:' || tag.key), ('tag:' || tag.key || '=' || tag.value)) as v(facet)
      where c.id = any(${ids})
      group by c.id
    ), people as (
      select m.company_id, (array_agg(u.email order by m.created_at, u.id))[1] as owner_email,
        string_agg(u.email, ' ' order by m.created_at, u.id) as emails
      from memberships m join users u on u.id = m.user_id
      where m.company_id = any(${ids}) and m.removed_at is null
      group by m.company_id
    ), whose as (
      -- Without people of its own a company belongs to whom the next one above it belongs.
      select distinct on (line.company_id) line.company_id, people.owner_email, people.emails
      from line join people on people.company_id = line.member_id
      order by line.company_id, line.depth
    ), above as (
      select line.company_id, bool_or(depth = 1) as is_below,
        min(a.ignored_at) as ignored_at
      from line join companies a on a.id = line.member_id
      group by line.company_id
    ), state as (
      select c.id as company_id, c.name,
        case when above.is_below then 'subsidiary' else c.origin end as origin,
        c.created_at, c.codat_company_id, c.tags,
        case when people.company_id is null then above.ignored_at else c.ignored_at end as ignored_at,
        c.codat_deleted_at, c.provision_problem,
        case
          when c.codat_deleted_at is not null then 'deleted'
          when c.codat_company_id is null then 'provisioning'
          when present.deauthorized is not null then 'needs_reconnect'
          when present.stopped is not null then 'data_stopped'
          when present.pending is not null then 'unfinished'
          when present.linked then 'ok'
          when present.total > 0 then 'disconnected'
          else 'none' end as attention,
        case when c.codat_deleted_at is null and c.codat_company_id is not null
          then coalesce(present.deauthorized, present.stopped, present.pending) end as attention_since,
        coalesce(whose.owner_email, '') as owner_email,
        coalesce(present.total, 0) as connection_count,
        coalesce(tagged.facets, '{}') || coalesce(facet.facets, '{}') as facets,
        lower(concat_ws(' ', c.name, whose.emails, c.id, c.codat_company_id)) as search_text
      from companies c
      left join present on present.company_id = c.id
      left join facet on facet.company_id = c.id
      left join tagged on tagged.company_id = c.id
      left join people on people.company_id = c.id
      left join whose on whose.company_id = c.id
      left join above on above.company_id = c.id
      where c.id = any(${ids})
    ), searched as (
      insert into company_search (company_id, search_text)
      select company_id, search_text from state
      where not exists (
        select from company_search held
        where held.company_id = state.company_id and held.search_text = state.search_text)
      on conflict (company_id) do update set search_text = excluded.search_text
    )
    insert into company_list (${listed}, attention_since)
    select ${listed}, coalesce(attention_since, now()) from state
    where not exists (
      select from company_list held
      where held.company_id = state.company_id and (${of('held')}) is not distinct from (${of('state')}))
    on conflict (company_id) do update set
      attention_since = case when company_list.attention = excluded.attention
        then company_list.attention_since else excluded.attention_since end,
      ${takenOver}`);
}

/** The columns of `company_list` that are recomputed each time. */
const columns = [
  'name',
  'origin',
  'created_at',
  'codat_company_id',
  'owner_email',
  'tags',
  'ignored_at',
  'codat_deleted_at',
  'provision_problem',
  'connection_count',
  'facets',
  'attention',
];
const listed = sql.raw(['company_id', ...columns].join(', '));
const takenOver = sql.raw(columns.map((name) => `${name} = excluded.${name}`).join(', '));
const of = (row: string) => sql.raw(columns.map((name) => `${row}.${name}`).join(', '));

/** Rolls up every company that never was: after writes by other hands. */
export async function rollUpMissing(db: Executor): Promise<void> {
  for (;;) {
    const { rows } = await db.execute<{ id: string }>(sql`
      select id from companies
      where not exists (select from company_list where company_id = companies.id)
        or not exists (select from company_search where company_id = companies.id)
      limit 5000`);
    if (rows.length === 0) return;
    await rollUpCompanies(
      db,
      rows.map(({ id }) => id),
    );
  }
}

/** The facet that finds companies with a connection of this state, platform and source type. */
export function connectionFacet(wanted: {
  state?: string | undefined;
  platformKey?: string | undefined;
  sourceType?: string | undefined;
}): string {
  return `${wanted.state ?? ''}|${wanted.platformKey ?? ''}|${wanted.sourceType ?? ''}`;
}

/** The facet that finds companies with this tag, or with this value of it. */
export function tagFacet(key: string, value?: string): string {
  return value === undefined ? `tag:${key}` : `tag:${key}=${value}`;
}

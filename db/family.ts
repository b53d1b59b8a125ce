import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from './client';

/*
 * Codat keeps one company for each legal entity, and says which is above another by Codat's own ids. Only
 * that is stored: who it is here is looked up, so a company may come here before the one above it.
 */

/** Deeper than any business; a circle, which none may form, ends here too. */
const deepest = sql.raw('5');

/**
 * `with recursive` part: (company_id, member_id, depth), each of the companies and all above it, itself
 * at depth 0.
 */
export function lineAbove(name: string, ids: SQL): SQL {
  const line = sql.raw(name);
  return sql`${line} as (
      select id as company_id, id as member_id, codat_parent_id, 0 as depth
      from companies where id = any(${ids})
      union all
      select ${line}.company_id, p.id, p.codat_parent_id, depth + 1
      from ${line} join companies p on p.codat_company_id = ${line}.codat_parent_id
      where depth < ${deepest}
    )`;
}

/** The same downwards. One with people of its own is theirs, and not the parent's, nor is what is below. */
export function treeBelow(name: string, ids: SQL): SQL {
  const tree = sql.raw(name);
  return sql`${tree} as (
      select id as company_id, id as member_id, codat_company_id, 0 as depth
      from companies where id = any(${ids})
      union all
      select ${tree}.company_id, k.id, k.codat_company_id, depth + 1
      from ${tree} join companies k on k.codat_parent_id = ${tree}.codat_company_id
      where depth < ${deepest} and not exists (
        select from memberships m where m.company_id = k.id and m.removed_at is null)
    )`;
}

const uuids = (ids: string[]) => sql`${sql.param(ids)}::uuid[]`;

/** Ids of the companies above these that are known here, the nearest first. */
export async function listAbove(db: Executor, ...companyIds: string[]): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    with recursive ${lineAbove('line', uuids(companyIds))}
    select member_id as id from line where depth > 0 order by depth`);
  return rows.map(({ id }) => id);
}

/** These companies, those above, whose state counts them, and those below, which are theirs. */
export async function withRelatives(db: Executor, companyIds: string[]): Promise<string[]> {
  const ids = uuids(companyIds);
  const { rows } = await db.execute<{ id: string }>(sql`
    with recursive ${lineAbove('line', ids)}, below as (
      select id, codat_company_id, 0 as depth from companies where id = any(${ids})
      union all
      select k.id, k.codat_company_id, depth + 1
      from below join companies k on k.codat_parent_id = below.codat_company_id
      where depth < ${deepest}
    )
    select member_id as id from line union select id from below`);
  return rows.map(({ id }) => id);
}

/** Whether a company with this id at Codat is the company itself, or below it. */
export async function isWithin(
  db: Executor,
  codatCompanyId: string,
  companyId: string,
): Promise<boolean> {
  const { rows } = await db.execute(sql`
    with recursive line as (
      select id, codat_parent_id, 0 as depth from companies where codat_company_id = ${codatCompanyId}
      union all
      select p.id, p.codat_parent_id, depth + 1
      from line join companies p on p.codat_company_id = line.codat_parent_id
      where depth < ${deepest}
    )
    select from line where id = ${companyId} limit 1`);
  return rows.length > 0;
}

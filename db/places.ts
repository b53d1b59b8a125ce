import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor } from './client';

/**
 * The schema of a table that is not in `db/schema`: one called `name`, or, where the role may make
 * none, that of our own tables. A role may own a single schema and nothing else.
 */
export async function schemaOf(
  db: Executor,
  name: 'drizzle' | 'pgboss',
  table: string,
): Promise<string> {
  return (await findTable(db, name, table)) ?? (await schemaForNew(db, name));
}

/** The schema that has the table; null when none that the role may look into has. */
export async function findTable(
  db: Executor,
  name: 'drizzle' | 'pgboss',
  table: string,
): Promise<string | null> {
  const { rows } = await db.execute<{ schema: string }>(sql`
    select n.nspname as schema from pg_class t join pg_namespace n on n.oid = t.relnamespace
    where t.relname = ${table} and n.nspname in (${name}, current_schema())
      and has_schema_privilege(n.oid, 'usage')
    order by n.nspname = current_schema() desc limit 1`);
  return rows[0]?.schema ?? null;
}

async function schemaForNew(db: Executor, name: string): Promise<string> {
  const { rows } = await db.execute<{ schema: string }>(sql`
    select case when coalesce(has_schema_privilege(to_regnamespace(${name})::oid, 'create'),
        has_database_privilege(current_database(), 'create'))
      then ${name} else current_schema() end as schema`);
  return rows[0]?.schema ?? name;
}

type Rights = {
  role: string;
  /** Where the tables go; null when the search path names no schema that there is. */
  place: string | null;
  may_create: boolean | null;
  extension_place: string | null;
  may_use_extension: boolean | null;
  may_make_extension: boolean;
};

/** @throws Error that names the statement for an administrator, when the role lacks a right. */
export async function requireRights(db: Executor): Promise<void> {
  const { rows } = await db.execute<Rights>(sql`
    select quote_ident(current_user) as role, quote_ident(current_schema()) as place,
      has_schema_privilege(current_schema(), 'create') as may_create,
      quote_ident(n.nspname) as extension_place,
      has_schema_privilege(n.oid, 'usage') as may_use_extension,
      has_database_privilege(current_database(), 'create') as may_make_extension
    from (select) as one left join pg_extension e on e.extname = 'pg_trgm'
      left join pg_namespace n on n.oid = e.extnamespace`);
  const [rights] = rows;
  if (rights) for (const problem of lacking(rights)) throw new Error(problem);
}

function lacking(rights: Rights): string[] {
  const { role, place, extension_place: extension } = rights;
  const ask = 'Have an administrator of this database run:';
  if (!place || !rights.may_create) {
    const path = place ? `in the schema ${place}` : 'in any schema of its search path';
    return [
      `The role ${role} may not create tables ${path}. ${ask} CREATE SCHEMA portal AUTHORIZATION ${role}; ALTER ROLE ${role} SET search_path = portal;`,
    ];
  }
  if (!extension && !rights.may_make_extension) {
    return [
      `The extension pg_trgm is missing, and the role ${role} may not create it. ${ask} CREATE EXTENSION pg_trgm SCHEMA ${place};`,
    ];
  }
  if (extension && !rights.may_use_extension) {
    return [
      `The extension pg_trgm is in the schema ${extension}, which the role ${role} may not use. ${ask} GRANT USAGE ON SCHEMA ${extension} TO ${role};`,
    ];
  }
  return [];
}

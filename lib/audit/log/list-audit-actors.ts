import 'server-only';
import { sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { type Actor, can } from '@/lib/actor';
import { AppError } from '@/lib/errors';

const mostActors = 200;

/**
 * Everybody and everything that is named as the doer of an entry. Steps from one name to the next on
 * the index, so that it reads as many rows as there are names.
 * @throws AppError `not-found` for who may not read the audit log.
 */
export async function listAuditActors(actor: Actor): Promise<string[]> {
  if (!can(actor, 'audit:read')) throw new AppError('not-found', 'notFound');
  const { rows } = await getDb().execute<{ name: string }>(sql`
    with recursive seen as (
      (select actor_name as name from audit_entries order by actor_name limit 1)
      union all
      select (select actor_name from audit_entries where actor_name > seen.name
              order by actor_name limit 1)
      from seen where seen.name is not null
    )
    select name from seen where name is not null limit ${mostActors}`);
  return rows.map(({ name }) => name);
}

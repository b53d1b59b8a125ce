import 'server-only';
import { and, asc, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { companies } from '@/db/schema/companies';
import { type Actor, can } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { endOfMinute, startOfMinute } from '@/lib/lists/schemas';
import { askedPage, microsOf } from '@/lib/lists/time-cursor';
import { isUuid } from '@/lib/storable-text';
import type { AuditEntry, AuditFilter, AuditListInput, AuditPage } from './schemas';

const pageSize = 50;
export const auditOrder = { at: auditEntries.at, id: auditEntries.id };

/**
 * One page of the audit log, newest first, by keyset.
 * @throws AppError `not-found` if the actor may not read it.
 */
export async function listAudit(
  actor: Actor,
  input: AuditListInput,
  size = pageSize,
): Promise<AuditPage> {
  if (!can(actor, 'audit:read')) throw new AppError('not-found', 'notFound');
  const { backwards, place, cut } = askedPage(auditOrder, input);
  const found = await auditPage(and(await matchesAudit(input), place), backwards, size + 1);
  const page = cut(found, size);
  return { ...page, rows: page.rows.map(toEntry) };
}

/** The query behind a page and behind each part of an export. */
export function auditPage(where: SQL | undefined, backwards: boolean, limit: number) {
  const direction = backwards ? asc : desc;
  return getDb()
    .select({
      id: sql<string>`${auditEntries.id}::text`,
      micros: microsOf(auditEntries.at),
      at: auditEntries.at,
      actorKind: auditEntries.actorKind,
      actorName: auditEntries.actorName,
      action: auditEntries.action,
      companyId: auditEntries.companyId,
      companyName: companies.name,
      subject: auditEntries.subject,
      detail: auditEntries.detail,
      requestId: auditEntries.requestId,
      ipAddress: auditEntries.ipAddress,
    })
    .from(auditEntries)
    .leftJoin(companies, eq(companies.id, auditEntries.companyId))
    .where(where)
    .orderBy(direction(auditEntries.at), direction(auditEntries.id))
    .limit(limit);
}

export type AuditRow = Awaited<ReturnType<typeof auditPage>>[number];

function toEntry({ micros: _micros, at, ...row }: AuditRow): AuditEntry {
  return { ...row, at: at.toISOString() };
}

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

/** No company has it. */
const nobodysId = '00000000-0000-0000-0000-000000000000';

/** The filter as a condition on `audit_entries`; undefined when it lets everything through. */
export async function matchesAudit(filter: AuditFilter): Promise<SQL | undefined> {
  const [from, to] = [startOfMinute(filter.from, filter.zone), endOfMinute(filter.to, filter.zone)];
  return and(
    filter.action ? eq(auditEntries.action, filter.action) : undefined,
    filter.actor ? eq(auditEntries.actorName, filter.actor) : undefined,
    filter.company ? eq(auditEntries.companyId, await toOwnId(filter.company)) : undefined,
    from ? gte(auditEntries.at, from) : undefined,
    to ? lt(auditEntries.at, to) : undefined,
  );
}

/** Entries carry our id of a company, also of one that is gone; staff may have Codat's at hand. */
async function toOwnId(id: string): Promise<string> {
  const [company] = await getDb()
    .select({ id: companies.id })
    .from(companies)
    .where(eq(companies.codatCompanyId, id));
  return company?.id ?? (isUuid(id) ? id : nobodysId);
}

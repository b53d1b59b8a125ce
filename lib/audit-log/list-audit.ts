import 'server-only';
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { companies } from '@/db/schema/companies';
import { type Actor, can } from '@/lib/auth/actor';
import { AppError } from '@/lib/errors';
import { beyond, cutPage, decodeCursor, encodeCursor, microsOf } from '@/lib/paging/time-cursor';
import { matchesAudit } from './audit-filter';
import type { AuditEntry, AuditListInput, AuditPage } from './schemas';

const pageSize = 50;
export const auditOrder = { at: auditEntries.at, id: auditEntries.id };

/**
 * One page of the audit log, newest first, by keyset.
 * @throws AppError `not-found` for who may not read it.
 */
export async function listAudit(
  actor: Actor,
  input: AuditListInput,
  size = pageSize,
): Promise<AuditPage> {
  if (!can(actor, 'audit:read')) throw new AppError('not-found', 'notFound');
  const backwards = input.before !== undefined;
  const cursor = decodeCursor(input.before ?? input.after);
  const place = cursor ? beyond(auditOrder, backwards ? '>' : '<', cursor) : undefined;
  const found = await auditPage(and(await matchesAudit(input), place), backwards, size + 1);
  const page = cutPage(found, size, { backwards, hasCursor: cursor !== null });
  const [first, last] = [page.rows[0], page.rows.at(-1)];
  return {
    rows: page.rows.map(toEntry),
    before: page.hasBefore && first ? encodeCursor(first) : null,
    after: page.hasAfter && last ? encodeCursor(last) : null,
  };
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

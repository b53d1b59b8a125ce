import 'server-only';
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { companies } from '@/db/schema/companies';
import { type Actor, can } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { askedPage, microsOf } from '@/lib/lists/time-cursor';
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

import 'server-only';
import { and, type SQL } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { type Actor, can } from '@/lib/actor';
import { recordAudit } from '@/lib/audit/record-audit';
import { AppError } from '@/lib/errors';
import { csvLine, csvStart } from '@/lib/lists/csv';
import { beyond } from '@/lib/lists/time-cursor';
import type { RequestContext } from '@/lib/runtime/request-context';
import { type AuditRow, auditOrder, auditPage, matchesAudit } from './list-audit';
import type { AuditFilter } from './schemas';

const batchSize = 1000;

const head = [
  'id',
  'at',
  'actor_kind',
  'actor',
  'action',
  'company_id',
  'company',
  'subject',
  'detail',
  'request_id',
  'ip_address',
];

/**
 * The entries that match, newest first, as a CSV file in parts; the next is read when it is asked
 * for. That it was taken away is an entry itself, written before the first part.
 * @throws AppError `not-found` if the actor may not read the log or export lists.
 */
export async function exportAudit(
  actor: Actor,
  filter: AuditFilter,
  context: RequestContext,
): Promise<AsyncGenerator<string>> {
  if (!can(actor, 'audit:read') || !can(actor, 'export:read')) {
    throw new AppError('not-found', 'notFound');
  }
  const matching = await matchesAudit(filter);
  const detail = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
  await recordAudit(getDb(), actor, { action: 'export.audit', detail, context });
  return writeFile(matching);
}

async function* writeFile(matching: SQL | undefined): AsyncGenerator<string> {
  yield csvStart + csvLine(head);
  let place: SQL | undefined;
  for (;;) {
    const rows = await auditPage(and(matching, place), false, batchSize);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(toLine).join('');
    if (rows.length < batchSize) return;
    place = beyond(auditOrder, '<', last);
  }
}

function toLine(row: AuditRow): string {
  return csvLine([
    row.id,
    row.at.toISOString(),
    row.actorKind,
    row.actorName,
    row.action,
    row.companyId,
    row.companyName,
    row.subject,
    JSON.stringify(row.detail),
    row.requestId,
    row.ipAddress,
  ]);
}

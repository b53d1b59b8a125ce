import 'server-only';
import { type Executor, getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/runtime/logger';
import type { AuditAction } from './types';

/** Who acted: a signed-in person, a part of the portal, or a command run by an engineer. */
export type AuditActor =
  | { kind: 'person'; userId: string; email: string }
  | { kind: 'system'; name: string }
  | { kind: 'command'; name: string };

export type AuditRecord = {
  action: AuditAction;
  companyId?: string;
  /** What it was done to, as a person would name it. */
  subject?: string;
  /** Never a secret, a hash or a Link URL. */
  detail?: Record<string, string | number | boolean | null>;
  context?: { requestId: string; ipAddress: string | null };
};

/**
 * Adds one entry to the audit log. Call it in the transaction that does what it tells, so that neither
 * is without the other; around a call to Codat, before it with what is wanted.
 */
export async function recordAudit(
  db: Executor,
  actor: AuditActor,
  record: AuditRecord,
): Promise<void> {
  const isPerson = actor.kind === 'person';
  await db.insert(auditEntries).values({
    actorKind: actor.kind,
    actorId: isPerson ? actor.userId : null,
    actorName: isPerson ? actor.email : actor.name,
    action: record.action,
    companyId: record.companyId ?? null,
    subject: record.subject ?? '',
    detail: record.detail ?? {},
    requestId: record.context?.requestId ?? null,
    ipAddress: record.context?.ipAddress ?? null,
  });
}

/**
 * Makes a call that changes something outside of the database, with the wish for it on record before,
 * and an entry with `failed` after it did not succeed: the message key of why.
 */
export async function auditCall<T>(
  actor: AuditActor,
  record: AuditRecord,
  call: () => Promise<T>,
): Promise<T> {
  const db = getDb();
  await recordAudit(db, actor, record);
  try {
    return await call();
  } catch (error) {
    const failed = error instanceof AppError ? error.ref.messageKey : 'errors.unexpected';
    const detail = { ...record.detail, failed };
    await recordAudit(db, actor, { ...record, detail }).catch((notRecorded: unknown) => {
      logger.error({ err: notRecorded, action: record.action }, 'a failure was not recorded');
    });
    throw error;
  }
}

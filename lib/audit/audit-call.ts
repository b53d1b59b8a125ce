import 'server-only';
import { getDb } from '@/db/client';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/runtime/logger';
import { type AuditActor, type AuditRecord, recordAudit } from './record-audit';

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

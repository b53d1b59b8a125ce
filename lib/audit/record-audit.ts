import 'server-only';
import type { Executor } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
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

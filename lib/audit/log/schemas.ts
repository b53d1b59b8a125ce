import { auditActions } from '@/lib/audit/types';
import { momentInput } from '@/lib/lists/schemas';
import { zoneInput } from '@/lib/lists/zoned-time';
import { storableText } from '@/lib/storable-text';
import { z } from '@/lib/zod';

const text = (longest: number) =>
  z.string().trim().max(longest).transform(storableText).catch('').default('');

/** What narrows the audit log down, in the URL and of an export. Unknown values fall back. */
export const auditFilterSchema = z.object({
  action: z.enum(auditActions).or(z.literal('')).catch('').default(''),
  /** An address, or the name of a command or job. */
  actor: text(254),
  /** Either id of a company: the portal's or Codat's. */
  company: text(100).transform((id) => id.toLowerCase()),
  from: momentInput,
  to: momentInput,
  zone: zoneInput,
});

export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** The whole state of `/admin/audit`, as it is in the URL. */
export const auditListSchema = auditFilterSchema.extend({
  /** Opaque keyset cursors; at most one is set. */
  after: z.string().max(50).optional().catch(undefined),
  before: z.string().max(50).optional().catch(undefined),
});

export type AuditListInput = z.infer<typeof auditListSchema>;

/** Times are ISO-8601. */
export type AuditEntry = {
  id: string;
  at: string;
  actorKind: string;
  actorName: string;
  action: string;
  companyId: string | null;
  /** What the company is called now; null when it is not there any more. */
  companyName: string | null;
  /** What it was done to, as it was called then. */
  subject: string;
  detail: Record<string, string | number | boolean | null>;
  requestId: string | null;
  ipAddress: string | null;
};

export type AuditPage = { rows: AuditEntry[]; after: string | null; before: string | null };

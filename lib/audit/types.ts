/** Everything that is audited: what staff do, and every change of rights. */
export const auditActions = [
  'company.create',
  'company.rename',
  'company.tag',
  'company.assign',
  'company.ignore',
  'company.unignore',
  'company.merge',
  'company.reread',
  'company.retry_setup',
  'company.delete',
  'company.erase',
  'connection.disconnect',
  'connection.remove',
  'link.copy',
  'webhook.reprocess',
  'webhook.settle',
  'export.companies',
  'export.audit',
  'settings.change',
  'codat.setup',
  'staff.invite',
  'staff.grant',
  'staff.revoke',
] as const;

export type AuditAction = (typeof auditActions)[number];

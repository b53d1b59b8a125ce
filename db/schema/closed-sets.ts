/*
 * Our own closed sets, one list each: they type the columns that hold them and everything that reads
 * them. Codat's enums are stored as text instead.
 */

/** Roll-up of a company's connections, worst first. */
export const attentionStates = [
  'deleted',
  'provisioning',
  'needs_reconnect',
  'data_stopped',
  'unfinished',
  'disconnected',
  'none',
  'ok',
] as const;

/** How a company came here: its owner signed up, it was found at Codat, or staff created it. */
export const companyOrigins = ['sign_up', 'codat', 'staff'] as const;

/** The same in lists, where a company below another that is known here is just that. */
export const listedOrigins = [...companyOrigins, 'subsidiary'] as const;

/** Who or what told us of a change; `clock`: data did not come when it was due. */
export const changeSources = [
  'webhook',
  'read',
  'return',
  'sweep',
  'customer',
  'admin',
  'clock',
] as const;

/** Why no data comes through a connection that is `Linked` at Codat. */
export const stopReasons = ['sign_in', 'permission', 'platform', 'reading', 'overdue'] as const;

/** What became of the data of a connection whose status stayed the same. */
export const healthChanges = ['stopped', 'resumed'] as const;

export const memberRoles = ['owner'] as const;

export const operatorRoleNames = ['admin', 'support', 'auditor'] as const;

/** Who started a way out to Hosted Link: a member, or staff who copied the link for its customer. */
export const linkStarters = ['member', 'staff'] as const;

export const eventStates = [
  'dead',
  'pending',
  'unmatched',
  'ignored',
  'processed',
  'settled',
] as const;

/** What Codat answered last about a company that events name and nobody here knows. */
export const unknownAnswers = ['none', 'failed'] as const;

/** Who is named in the audit log. */
export const actorKinds = ['person', 'system', 'command'] as const;

export const checkGroups = [
  'environment',
  'codat',
  'webhooks',
  'secrets',
  'mail',
  'database',
  'jobs',
  'versions',
] as const;

/** `unknown`: something the check depends on is out of reach or wrong itself. */
export const checkStates = ['ok', 'warn', 'fail', 'unknown'] as const;

/** Where to fix it: by the portal over Codat's API, in Codat's own portal, or where this runs. */
export const fixPlaces = ['api', 'codat-portal', 'environment'] as const;

export const tallyKinds = ['company', 'connection'] as const;

/** What may be asked of an actor. Ask `can`, never for a role. */
export type Permission =
  | 'companies:read'
  /** Ask Codat again now. */
  | 'companies:refresh'
  | 'companies:write'
  /** Copy a freshly minted Link URL for the customer. */
  | 'links:copy'
  | 'webhooks:read'
  | 'webhooks:write'
  | 'settings:read'
  | 'settings:write'
  | 'audit:read'
  /** Take lists away as files. */
  | 'export:read';

export const operatorRoleNames = ['admin', 'support', 'auditor'] as const;

export type OperatorRole = (typeof operatorRoleNames)[number];

/** A signed-in person. Made by `lib/auth/session.ts` alone. */
export type PersonActor = {
  kind: 'person';
  userId: string;
  sessionId: string;
  name: string;
  email: string;
  companies: { id: string; name: string; role: string }[];
  operatorRole: OperatorRole | null;
};

/** The portal itself: jobs, webhooks, the way back from Link. Made by `systemActor` alone. */
export type SystemActor = { kind: 'system'; name: string };

/** Who asks. Every query and use-case takes one first. */
export type Actor = PersonActor;
export type AnyActor = PersonActor | SystemActor;

/** Names a part of the portal that acts on its own account. */
export function systemActor(name: string): SystemActor {
  return { kind: 'system', name };
}

const looks: Permission[] = ['companies:read', 'webhooks:read', 'settings:read'];

const granted: Record<OperatorRole, readonly Permission[]> = {
  admin: [
    ...looks,
    'companies:refresh',
    'companies:write',
    'links:copy',
    'webhooks:write',
    'settings:write',
    'audit:read',
    'export:read',
  ],
  support: [...looks, 'companies:refresh', 'links:copy'],
  auditor: [...looks, 'audit:read', 'export:read'],
};

/** Whether the actor holds an operator's permission. Customers hold none. */
export function can(actor: PersonActor, permission: Permission): boolean {
  return actor.operatorRole !== null && granted[actor.operatorRole].includes(permission);
}

/** Whether the actor may see and act for this company as its customer. */
export function isMember(actor: PersonActor, companyId: string): boolean {
  return actor.companies.some((company) => company.id === companyId);
}

/** What may be asked of an actor. Ask `can`, never for a role. */
export type Permission = 'companies:read' | 'companies:write' | 'audit:read';

export type OperatorRole = 'admin' | 'support' | 'auditor';

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

const granted: Record<OperatorRole, readonly Permission[]> = {
  admin: ['companies:read', 'companies:write', 'audit:read'],
  support: ['companies:read'],
  auditor: ['companies:read', 'audit:read'],
};

/** Whether the actor holds an operator's permission. Customers hold none. */
export function can(actor: PersonActor, permission: Permission): boolean {
  return actor.operatorRole !== null && granted[actor.operatorRole].includes(permission);
}

/** Whether the actor may see and act for this company as its customer. */
export function isMember(actor: PersonActor, companyId: string): boolean {
  return actor.companies.some((company) => company.id === companyId);
}

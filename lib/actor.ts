import { type memberRoles, operatorRoleNames } from '@/db/schema/closed-sets';

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

export { operatorRoleNames };
export type OperatorRole = (typeof operatorRoleNames)[number];
export type MemberRole = (typeof memberRoles)[number];

/** Who asks: a signed-in person. Every query and use-case takes one first. */
export type Actor = {
  kind: 'person';
  userId: string;
  sessionId: string;
  name: string;
  email: string;
  companies: { id: string; name: string; role: MemberRole }[];
  /** Companies below those, one a legal entity at Codat, which have no people of their own. */
  subsidiaries: { id: string; name: string; parentId: string }[];
  operatorRole: OperatorRole | null;
};

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
export function can(actor: Actor, permission: Permission): boolean {
  return actor.operatorRole !== null && granted[actor.operatorRole].includes(permission);
}

/** Whether the actor may see and act for this company as its customer. */
export function isMember(actor: Actor, companyId: string): boolean {
  return companyIdsOf(actor).includes(companyId);
}

/** Every company that the actor may act for as its customer, those below theirs included. */
export function companyIdsOf({ companies, subsidiaries }: Actor): string[] {
  return [...companies, ...subsidiaries].map(({ id }) => id);
}

/** The business on whose pages a company is: its own, or that of the company above it. */
export function businessOf({ companies, subsidiaries }: Actor, companyId: string): string {
  if (companies.some(({ id }) => id === companyId)) return companyId;
  return subsidiaries.find(({ id }) => id === companyId)?.parentId ?? companyId;
}

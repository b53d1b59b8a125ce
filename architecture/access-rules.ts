import type { Permission } from '@/lib/actor';

/**
 * Who may come through a door. What everybody else gets is the same for all doors of a kind:
 * signed-out people are asked to sign in, and what is missing and what is somebody else's is not
 * found.
 *
 * - `anyone`: it tells and does nothing that a stranger may not know or do
 * - `person`: whoever is signed in, about themselves
 * - `own company`: a member; it is about their own company whatever the request names
 * - `that company`: a member of the company that the path or the form names
 * - `staff`: who holds the permission; to whoever else is signed in it does not exist
 * - `signed`: whoever signs with the secret shared with Codat
 * - `token`: a machine with the token of the settings; without one there is no such door
 */
export type Rule =
  | { may: 'anyone' | 'person' | 'own company' | 'that company' | 'signed' | 'token' }
  | { may: 'staff'; permission: Permission };

const staff = (permission: Permission): Rule => ({ may: 'staff', permission });

/** Every page, by its route. */
export const pageRules: Record<string, Rule> = {
  '/': { may: 'anyone' },
  '/sign-in': { may: 'anyone' },
  '/sign-up': { may: 'anyone' },
  '/sign-up/business': { may: 'anyone' },
  '/accept-invite/[token]': { may: 'anyone' },
  '/connections': { may: 'own company' },
  '/connections/[connectionId]': { may: 'that company' },
  '/connections/[connectionId]/disconnect': { may: 'that company' },
  '/connect': { may: 'own company' },
  '/link/thanks': { may: 'anyone' },
  '/link/done/[linkSessionId]': { may: 'that company' },
  '/account': { may: 'person' },
  '/admin': staff('companies:read'),
  '/admin/changes': staff('companies:read'),
  '/admin/companies': staff('companies:read'),
  '/admin/companies/[companyId]': staff('companies:read'),
  '/admin/companies/new': staff('companies:write'),
  '/admin/companies/[companyId]/assign': staff('companies:write'),
  '/admin/companies/[companyId]/delete': staff('companies:write'),
  '/admin/companies/[companyId]/edit': staff('companies:write'),
  '/admin/companies/[companyId]/link': staff('links:copy'),
  '/admin/companies/[companyId]/connections/[connectionId]/disconnect': staff('companies:write'),
  '/admin/companies/[companyId]/connections/[connectionId]/remove': staff('companies:write'),
  '/admin/connections': staff('companies:read'),
  '/admin/settings': staff('settings:read'),
  '/admin/sweeps': staff('webhooks:read'),
  '/admin/audit': staff('audit:read'),
  '/admin/webhooks': staff('webhooks:read'),
  '/admin/webhooks/[eventId]': staff('webhooks:read'),
};

/** Every route handler, by method and route. */
export const handlerRules: Record<string, Rule> = {
  'GET /admin/audit/export': staff('export:read'),
  'GET /admin/companies/export': staff('export:read'),
  'GET /api/auth/[...nextauth]': { may: 'anyone' },
  'POST /api/auth/[...nextauth]': { may: 'anyone' },
  'GET /api/health': { may: 'anyone' },
  'GET /api/live': { may: 'person' },
  'GET /api/metrics': { may: 'token' },
  'GET /api/platforms/[platformKey]/logo': { may: 'anyone' },
  'GET /api/ready': { may: 'anyone' },
  'POST /api/webhooks/codat': { may: 'signed' },
  'GET /sign-in/provider': { may: 'anyone' },
  'POST /locale': { may: 'anyone' },
  'GET /link/return': { may: 'person' },
};

/** Every server action, by file and name. */
export const actionRules: Record<string, Rule> = {
  'app/(admin)/admin/companies/[companyId]/actions.ts reread': staff('companies:refresh'),
  'app/(admin)/admin/companies/[companyId]/actions.ts retry': staff('companies:write'),
  'app/(admin)/admin/companies/[companyId]/actions.ts ignore': staff('companies:write'),
  'app/(admin)/admin/companies/[companyId]/actions.ts takeBack': staff('companies:write'),
  'app/(admin)/admin/companies/[companyId]/actions.ts assign': staff('companies:write'),
  'app/(admin)/admin/companies/[companyId]/actions.ts removeCompany': staff('companies:write'),
  'app/(admin)/admin/companies/new/actions.ts create': staff('companies:write'),
  'app/(admin)/admin/companies/[companyId]/actions.ts copy': staff('links:copy'),
  'app/(admin)/admin/companies/[companyId]/actions.ts rename': staff('companies:write'),
  'app/(admin)/admin/companies/[companyId]/actions.ts tag': staff('companies:write'),
  'app/(admin)/admin/companies/[companyId]/actions.ts disconnect': staff('companies:write'),
  'app/(admin)/admin/companies/[companyId]/actions.ts remove': staff('companies:write'),
  'app/(admin)/admin/settings/actions.ts checkAgain': staff('settings:read'),
  'app/(admin)/admin/settings/actions.ts saveInviteUrl': staff('settings:write'),
  'app/(admin)/admin/settings/actions.ts setUpCodat': staff('settings:write'),
  'app/(admin)/admin/webhooks/actions.ts reprocess': staff('webhooks:write'),
  'app/(admin)/admin/webhooks/actions.ts settle': staff('webhooks:write'),
  'app/(customer)/actions.ts signOut': { may: 'anyone' },
  'app/(customer)/actions.ts selectCompany': { may: 'that company' },
  'app/(customer)/account/actions.ts changePassword': { may: 'person' },
  'app/(customer)/account/actions.ts signOutEverywhere': { may: 'person' },
  'app/(customer)/account/actions.ts signOutSession': { may: 'person' },
  'app/(customer)/actions.ts startLink': { may: 'that company' },
  'app/(customer)/actions.ts disconnect': { may: 'that company' },
  'app/(customer)/actions.ts getPasscode': { may: 'that company' },
  'app/(public)/actions.ts acceptInvite': { may: 'anyone' },
  'app/(public)/actions.ts signIn': { may: 'anyone' },
  'app/(public)/actions.ts nameBusiness': { may: 'person' },
  'app/(public)/actions.ts signUp': { may: 'anyone' },
};

import 'server-only';
import { eq } from 'drizzle-orm';
import { getDb } from '@/db/client';
import type { companyOrigins } from '@/db/schema/closed-sets';
import { companies } from '@/db/schema/companies';
import { type Actor, can, type Permission } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { isUuid } from '@/lib/storable-text';

/** A company as actions of staff need it. */
export type StaffCompany = {
  id: string;
  name: string;
  /** Companies found at Codat (`codat`) are called as there; all others as they were named here. */
  origin: (typeof companyOrigins)[number];
  tags: Record<string, string>;
  codatCompanyId: string | null;
  codatDeletedAt: Date | null;
};

/** A company for a page of staff; null when it does not exist or they may not. */
export async function getStaffCompany(
  actor: Actor,
  permission: Permission,
  companyId: string,
): Promise<StaffCompany | null> {
  return can(actor, permission) && isUuid(companyId) ? selectCompany(companyId) : null;
}

/**
 * The company that staff want to act on.
 * @throws AppError `not-allowed` without the permission, `not-found`.
 */
export async function requireStaffCompany(
  actor: Actor,
  permission: Permission,
  companyId: string,
): Promise<StaffCompany> {
  if (!can(actor, permission)) throw new AppError('not-allowed', 'notAllowed');
  const company = await selectCompany(companyId);
  if (!company) throw new AppError('not-found', 'notFound');
  return company;
}

async function selectCompany(companyId: string): Promise<StaffCompany | null> {
  const [company] = await getDb()
    .select({
      id: companies.id,
      name: companies.name,
      origin: companies.origin,
      tags: companies.tags,
      codatCompanyId: companies.codatCompanyId,
      codatDeletedAt: companies.codatDeletedAt,
    })
    .from(companies)
    .where(eq(companies.id, companyId));
  return company ?? null;
}

/** The id of a company that is there at Codat. @throws AppError `not-ready`, `conflict` when deleted */
export function requireAtCodat(company: StaffCompany): string {
  if (company.codatDeletedAt) throw new AppError('conflict', 'staff.companyDeleted');
  if (!company.codatCompanyId) throw new AppError('not-ready', 'staff.notSetUp');
  return company.codatCompanyId;
}

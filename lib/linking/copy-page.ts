import 'server-only';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { memberships } from '@/db/schema/companies';
import { users } from '@/db/schema/people';
import type { Actor } from '@/lib/actor';
import { getStaffCompany, type StaffCompany } from '@/lib/companies/staff/staff-company';
import { listPresent } from '@/lib/connections/get-connections';
import type { ConnectionSummary } from '@/lib/connections/types';
import { whyNoLink } from './copy-link';

export type CopyPage = {
  company: StaffCompany;
  ready: boolean;
  /** Addresses of the people whose company it is; a few. */
  people: string[];
  /** Connections that have a use for a link of their own. */
  connections: ConnectionSummary[];
};

/** What staff see before they copy a link; null when there is no such company or they may not. */
export async function getCopyPage(actor: Actor, companyId: string): Promise<CopyPage | null> {
  const company = await getStaffCompany(actor, 'links:copy', companyId);
  if (!company) return null;
  const [present, people] = await Promise.all([
    listPresent(companyId),
    getDb()
      .select({ email: users.email })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(and(eq(memberships.companyId, companyId), isNull(memberships.removedAt)))
      .orderBy(asc(memberships.createdAt))
      .limit(5),
  ]);
  return {
    company,
    ready: company.codatCompanyId !== null && company.codatDeletedAt === null,
    people: people.map(({ email }) => email),
    connections: present.filter((connection) => whyNoLink(connection) === null),
  };
}

import 'server-only';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { type Actor, can, type Permission } from '@/lib/actor';
import {
  getStaffCompany,
  requireStaffCompany,
  type StaffCompany,
} from '@/lib/companies/staff/staff-company';
import { AppError } from '@/lib/errors';
import { isUuid, storableText } from '@/lib/storable-text';
import { connectionFields, toSummary } from './connection-summary';
import type { ConnectionSummary } from './types';

export type StaffConnection = {
  company: StaffCompany;
  connection: ConnectionSummary;
  /** Whether it was removed at Codat. */
  removed: boolean;
};

type Named = { companyId: string; connectionId: string };

/** A connection for a page of staff; null when it does not exist or they may not. */
export async function getStaffConnection(
  actor: Actor,
  permission: Permission,
  { companyId, connectionId }: Named,
): Promise<StaffConnection | null> {
  const company = await getStaffCompany(actor, permission, companyId);
  return company && withConnection(company, connectionId);
}

/**
 * The connection that staff want to act on.
 * @throws AppError `not-allowed` without the permission, `not-found`.
 */
export async function requireStaffConnection(
  actor: Actor,
  permission: Permission,
  { companyId, connectionId }: Named,
): Promise<StaffConnection> {
  const company = await requireStaffCompany(actor, permission, companyId);
  const found = await withConnection(company, connectionId);
  if (!found) throw new AppError('not-found', 'notFound');
  return found;
}

async function withConnection(
  company: StaffCompany,
  connectionId: string,
): Promise<StaffConnection | null> {
  const [row] = await getDb()
    .select({ ...connectionFields, removedAt: connections.removedAt })
    .from(connections)
    .where(
      and(eq(connections.id, storableText(connectionId)), eq(connections.companyId, company.id)),
    );
  return row ? { company, connection: toSummary(row), removed: row.removedAt !== null } : null;
}

export type CompanyConnections = {
  connections: ConnectionSummary[];
  removed: ConnectionSummary[];
  /** What the companies right below it have. */
  below: ConnectionSummary[];
};

/** All connections of a company, oldest first, for staff; none if the actor may not read companies. */
export async function listCompanyConnections(
  actor: Actor,
  companyId: string,
): Promise<CompanyConnections> {
  if (!can(actor, 'companies:read') || !isUuid(companyId)) {
    return { connections: [], removed: [], below: [] };
  }
  const parent = alias(companies, 'parent');
  const [rows, below] = await Promise.all([
    getDb()
      .select({ ...connectionFields, removedAt: connections.removedAt })
      .from(connections)
      .where(eq(connections.companyId, companyId))
      .orderBy(asc(connections.codatCreatedAt), asc(connections.id))
      .limit(500),
    getDb()
      .select(connectionFields)
      .from(parent)
      .innerJoin(companies, eq(companies.codatParentId, parent.codatCompanyId))
      .innerJoin(connections, eq(connections.companyId, companies.id))
      .where(and(eq(parent.id, companyId), isNull(connections.removedAt)))
      .orderBy(asc(connections.codatCreatedAt), asc(connections.id))
      .limit(500),
  ]);
  return {
    connections: rows.filter(({ removedAt }) => !removedAt).map(toSummary),
    removed: rows.filter(({ removedAt }) => removedAt).map(toSummary),
    below: below.map(toSummary),
  };
}

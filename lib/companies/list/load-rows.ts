import 'server-only';
import { and, asc, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { companySetup, freshness } from '@/lib/companies/company-setup';
import type { Attention } from '@/lib/companies/types';
import type { CompanyListRow } from './schemas';

type Connection = CompanyListRow['connections'][number];

/** What is known of a listed company, for the page and for the file. */
export type ListedCompany = CompanyListRow & {
  codatCompanyId: string | null;
  tags: Record<string, string>;
};

/** What the list and its file say of these companies, in the order of their ids. */
export async function loadRows(tx: Tx, ids: string[]): Promise<ListedCompany[]> {
  if (ids.length === 0) return [];
  const found = await tx
    .select({
      id: companies.id,
      name: companies.name,
      origin: companies.origin,
      ownerEmail: companies.ownerEmail,
      ignoredAt: companies.ignoredAt,
      codatCompanyId: companies.codatCompanyId,
      codatDeletedAt: companies.codatDeletedAt,
      provisionProblem: companies.provisionProblem,
      attention: companies.attention,
      attentionSince: companies.attentionSince,
      connectionCount: companies.connectionCount,
      createdAt: companies.createdAt,
      readAt: companies.readAt,
      eventAt: companies.eventAt,
      tags: companies.tags,
    })
    .from(companies)
    .where(inArray(companies.id, ids));
  const byId = new Map(found.map((row) => [row.id, row]));
  const connected = await connectionsOf(tx, ids);
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    return {
      id,
      name: row.name,
      ownerEmail: row.ownerEmail || null,
      codatCompanyId: row.codatCompanyId,
      shelf: shelfOf(row),
      setup: companySetup(row),
      attention: row.attention as Attention,
      attentionSince: row.attentionSince.toISOString(),
      connections: connected.get(id) ?? [],
      connectionCount: row.connectionCount,
      createdAt: row.createdAt.toISOString(),
      knownAt: freshness(row).knownAt,
      tags: row.tags,
    };
  });
}

/** Whether a company found at Codat is unassigned or ignored; null for all others. */
function shelfOf(row: {
  origin: string;
  ownerEmail: string;
  ignoredAt: Date | null;
}): CompanyListRow['shelf'] {
  if (row.ignoredAt) return 'ignored';
  return row.origin === 'codat' && row.ownerEmail === '' ? 'unassigned' : null;
}

/** The connections of these companies that Codat still has, oldest first. */
async function connectionsOf(tx: Tx, ids: string[]): Promise<Map<string, Connection[]>> {
  const rows = await tx
    .select({
      id: connections.id,
      companyId: connections.companyId,
      platformName: connections.platformName,
      status: connections.status,
    })
    .from(connections)
    .where(and(inArray(connections.companyId, ids), isNull(connections.removedAt)))
    .orderBy(asc(connections.codatCreatedAt), asc(connections.id));
  const byCompany = Map.groupBy(rows, ({ companyId }) => companyId);
  return new Map(
    [...byCompany].map(([companyId, own]) => [
      companyId,
      own.map(({ id, platformName, status }) => ({ id, platformName, status })),
    ]),
  );
}

import 'server-only';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companyList } from '@/db/schema/company-list';
import { connections } from '@/db/schema/connections';
import { companyReads } from '@/db/schema/sync';
import { companySetup, freshness } from '@/lib/companies/company-setup';
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
    .select({ listed: companyList, readAt: companyReads.readAt, eventAt: companyReads.eventAt })
    .from(companyList)
    .innerJoin(companyReads, eq(companyReads.companyId, companyList.companyId))
    .where(inArray(companyList.companyId, ids));
  const byId = new Map(found.map((row) => [row.listed.companyId, row]));
  const connected = await connectionsOf(tx, ids);
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const { listed, readAt, eventAt } = row;
    return {
      id,
      name: listed.name,
      ownerEmail: listed.ownerEmail || null,
      codatCompanyId: listed.codatCompanyId,
      shelf: shelfOf(listed),
      setup: companySetup(listed),
      attention: listed.attention,
      attentionSince: listed.attentionSince.toISOString(),
      connections: connected.get(id) ?? [],
      connectionCount: listed.connectionCount,
      createdAt: listed.createdAt.toISOString(),
      knownAt: freshness({ ...listed, readAt, eventAt }).knownAt,
      tags: listed.tags,
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
      status: connections.state,
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

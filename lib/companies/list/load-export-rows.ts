import 'server-only';
import { and, asc, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { type Attention, knownStatus } from '@/lib/connections/schemas';
import { companySetup, freshness, iso } from '@/lib/connections/view';
import { t as word } from '@/messages/admin';
import { t } from '@/messages/admin-companies';
import { t as connectionText } from '@/messages/connections';
import { shelfOf } from './load-rows';

export const exportHead = [
  t('export.id'),
  t('export.name'),
  t('export.owner'),
  t('export.state'),
  t('export.since'),
  t('export.connectionCount'),
  t('export.connections'),
  t('export.created'),
  t('export.checked'),
  t('export.codatId'),
  t('export.setup'),
  t('export.shelf'),
  t('export.tags'),
];

/** The cells of these companies, in the order of their ids. Times are ISO-8601 in UTC. */
export async function loadExportRows(tx: Tx, ids: string[]): Promise<(string | number | null)[][]> {
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
  const connected = await describeConnections(tx, ids);
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const shelf = shelfOf(row);
    return [
      [
        id,
        row.name,
        row.ownerEmail || null,
        word(`attention.${row.attention as Attention}`),
        iso(row.attentionSince),
        row.connectionCount,
        connected.get(id) ?? null,
        iso(row.createdAt),
        freshness(row).knownAt,
        row.codatCompanyId,
        word(`setup.${companySetup(row)}`),
        shelf && t(`export.${shelf}`),
        describeTags(row.tags),
      ],
    ];
  });
}

/** `Xero: Connected; Stripe: Disconnected`, oldest first. */
async function describeConnections(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  const rows = await tx
    .select({
      companyId: connections.companyId,
      platformName: connections.platformName,
      status: connections.status,
    })
    .from(connections)
    .where(and(inArray(connections.companyId, ids), isNull(connections.removedAt)))
    .orderBy(asc(connections.codatCreatedAt), asc(connections.id));
  const byCompany = Map.groupBy(rows, ({ companyId }) => companyId);
  const describe = ({ platformName, status }: (typeof rows)[number]) => {
    const known = knownStatus(status);
    return `${platformName}: ${known ? connectionText(`status.${known}`) : status}`;
  };
  return new Map([...byCompany].map(([id, own]) => [id, own.map(describe).join('; ')]));
}

function describeTags(tags: Record<string, string>): string | null {
  const pairs = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return pairs.join('; ') || null;
}

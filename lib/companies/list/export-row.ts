import 'server-only';
import { knownStatus } from '@/lib/connections/types';
import { t as word } from '@/messages/admin';
import { t } from '@/messages/admin-companies';
import { t as connectionText } from '@/messages/connections';
import type { ListedCompany } from './load-rows';

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

/** The cells of a company. Times are ISO-8601 in UTC. */
export function toExportRow(company: ListedCompany): (string | number | null)[] {
  const { shelf } = company;
  return [
    company.id,
    company.name,
    company.ownerEmail,
    word(`attention.${company.attention}`),
    company.attentionSince,
    company.connectionCount,
    company.connections.map(describeConnection).join('; ') || null,
    company.createdAt,
    company.knownAt,
    company.codatCompanyId,
    word(`setup.${company.setup}`),
    shelf && t(`export.${shelf}`),
    describeTags(company.tags),
  ];
}

/** `Xero: Connected` */
function describeConnection({
  platformName,
  status,
}: ListedCompany['connections'][number]): string {
  const known = knownStatus(status);
  return `${platformName}: ${known ? connectionText(`status.${known}`) : status}`;
}

function describeTags(tags: Record<string, string>): string | null {
  const pairs = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return pairs.join('; ') || null;
}

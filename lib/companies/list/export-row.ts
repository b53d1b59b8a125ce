import 'server-only';
import { knownState } from '@/lib/connections/types';
import type { Locale } from '@/messages/locales';
import { tIn } from '@/messages/server/t-in';
import type { ListedCompany } from './load-rows';

/** The heads of the file and the cells of a company, in a language. Times are ISO-8601 in UTC. */
export function exportRows(locale: Locale) {
  const t = tIn('adminCompanies', locale);
  const word = tIn('admin', locale);
  const connectionText = tIn('connections', locale);

  /** `Xero: Connected` */
  const describeConnection = ({ platformName, status }: ListedCompany['connections'][number]) => {
    const known = knownState(status);
    return `${platformName}: ${known ? connectionText(`status.${known}`) : status}`;
  };

  return {
    head: [
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
    ],
    rowOf: (company: ListedCompany): (string | number | null)[] => [
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
      company.shelf && t(`export.${company.shelf}`),
      describeTags(company.tags),
    ],
  };
}

export type ExportRows = ReturnType<typeof exportRows>;

function describeTags(tags: Record<string, string>): string | null {
  const pairs = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return pairs.join('; ') || null;
}

import type { StoredConnectionError } from '@/db/schema/connections';
import { z } from '@/lib/zod';
import { toTags } from './tags';
import { withoutLinks } from './without-links';

/** A connection as Codat tells it, in our terms. Holds no Link URL. */
export type ConnectionSnapshot = {
  id: string;
  platformKey: string | null;
  platformName: string;
  integrationId: string | null;
  sourceId: string | null;
  sourceType: string;
  status: string;
  createdAt: Date | null;
  lastSyncAt: Date | null;
  errors: StoredConnectionError[];
};

/** A company as Codat tells it, in our terms. Holds no Link URL. */
export type CompanySnapshot = {
  codatCompanyId: string;
  name: string;
  /** Free text that staff edit in Codat's portal: a note, never what the business is called. */
  description: string | null;
  /** Codat's id of the company above it. */
  parentId: string | null;
  /** Codat's ids of the companies right below it. */
  subsidiaryIds: string[];
  tags: Record<string, string>;
  /** False when a tag was left out: the map must then not be sent back as the whole. */
  tagsComplete: boolean;
  uid: string | null;
  createdAt: Date | null;
  connections: ConnectionSnapshot[];
  /** False when an odd item was left out: nothing may then be taken for removed. */
  complete: boolean;
};

/** Link URLs of one answer. To be used in the hand-off that asked for them and then forgotten. */
export type LinkUrls = { company: string | null; byConnection: Map<string, string> };

const text = z.string().min(1);
const textOrNull = text
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);
const shownText = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => shown(value ?? ''));
const looseText = z
  .union([z.string(), z.number()])
  .nullish()
  .catch(null)
  .transform((value) =>
    value === null || value === undefined ? null : withoutLinks(String(value)).slice(0, 500),
  );
const dateOrNull = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => toDate(value));

/** Nothing that Codat dates is older. Before it are the ways in which .NET and Unix write "never". */
const firstYear = 2000;

/** A text of Codat's as we keep it: without Link URLs, and no longer than a line or two. */
export function shown(value: string): string | null {
  return withoutLinks(value.trim()).slice(0, 300) || null;
}

/**
 * A Codat date-time (up to 7 fractional digits, offset optional and then UTC); null if unreadable, of
 * a year that a column cannot hold, or a *never* such as 0001-01-01, 1601-01-01 or 1970-01-01.
 */
export function toDate(value: unknown): Date | null {
  if (typeof value !== 'string') return null;
  const hasOffset = /(Z|[+-]\d{2}:?\d{2})$/i.test(value);
  const date = new Date(hasOffset ? value : `${value}Z`);
  const year = date.getUTCFullYear();
  return year >= firstYear && year <= 9999 ? date : null;
}

const connectionError = z
  .object({
    statusCode: looseText,
    statusText: looseText,
    errorMessage: looseText,
    erroredOnUtc: looseText,
    status: looseText,
  })
  .transform(
    (item): StoredConnectionError => ({
      statusCode: item.statusCode,
      statusText: item.statusText,
      message: item.errorMessage,
      at: toDate(item.erroredOnUtc)?.toISOString() ?? null,
      state: item.status,
    }),
  );

const connection = z.object({
  id: text,
  integrationKey: textOrNull,
  integrationId: textOrNull,
  sourceId: textOrNull,
  platformName: z.string().nullish().catch(null),
  sourceType: z.string().nullish().catch(null),
  status: text,
  created: dateOrNull,
  lastSync: dateOrNull,
  linkUrl: textOrNull,
  dataConnectionErrors: z.array(z.unknown()).nullish().catch(null),
});

const reference = z.object({ id: text.max(100) });

const company = z.object({
  id: text,
  name: shownText,
  description: shownText,
  redirect: textOrNull,
  created: dateOrNull,
  tags: z.unknown().optional(),
  referenceParentCompany: reference.nullish().catch(null),
  referenceSubsidiaryCompanies: z.array(z.unknown()).nullish().catch(null),
  dataConnections: z.array(z.unknown()).nullish().catch(null),
});

/** One `dataConnections` item or webhook `connection`; null when it has no usable id or status. */
export function toConnectionSnapshot(json: unknown): ConnectionSnapshot | null {
  const parsed = connection.safeParse(json);
  if (!parsed.success) return null;
  const item = parsed.data;
  return {
    id: item.id,
    platformKey: item.integrationKey,
    platformName: withoutLinks(item.platformName || 'Unknown platform'),
    integrationId: item.integrationId,
    sourceId: item.sourceId,
    sourceType: item.sourceType || 'Unknown',
    status: item.status,
    createdAt: item.created,
    lastSyncAt: item.lastSync,
    errors: (item.dataConnectionErrors ?? [])
      .map((entry) => connectionError.safeParse(entry).data)
      .filter((entry) => entry !== undefined),
  };
}

/** A company object of the API. Null when it is not one. One odd connection never fails the rest. */
export function toCompanySnapshot(
  json: unknown,
): { snapshot: CompanySnapshot; links: LinkUrls } | null {
  const parsed = company.safeParse(json);
  if (!parsed.success) return null;
  const { data } = parsed;
  const items = data.dataConnections ?? [];
  const snapshots = items.map(toConnectionSnapshot).filter((item) => item !== null);
  const { tags, complete: tagsComplete } = toTags(data.tags);
  return {
    snapshot: {
      codatCompanyId: data.id,
      name: data.name ?? '',
      description: data.description,
      parentId: data.referenceParentCompany?.id ?? null,
      subsidiaryIds: (data.referenceSubsidiaryCompanies ?? [])
        .map((item) => reference.safeParse(item).data?.id)
        .filter((id) => id !== undefined),
      tags,
      tagsComplete,
      uid: tags.uid ?? null,
      createdAt: data.created,
      connections: snapshots,
      complete: Array.isArray(data.dataConnections) && snapshots.length === items.length,
    },
    links: { company: data.redirect, byConnection: linkUrlsOf(items) },
  };
}

function linkUrlsOf(items: unknown[]): Map<string, string> {
  const urls = new Map<string, string>();
  for (const item of items) {
    const { data } = connection.safeParse(item);
    if (data?.linkUrl) urls.set(data.id, data.linkUrl);
  }
  return urls;
}

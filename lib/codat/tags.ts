import { isLinkUrl } from './without-links';

/** Codat's own limits (its API description of a company). */
export const tagLimits = { count: 10, keyLength: 27, valueLength: 100 } as const;

/** Our id of the company is kept under this key. */
export const reservedTag = 'uid';

/**
 * A company's tags as Codat tells them. What is no text, far beyond Codat's limits or holds a Link URL
 * is left out, and the map then is not complete.
 */
export function toTags(json: unknown): { tags: Record<string, string>; complete: boolean } {
  if (json === null || json === undefined) return { tags: {}, complete: true };
  if (typeof json !== 'object' || Array.isArray(json)) return { tags: {}, complete: false };
  const entries = Object.entries(json);
  const usable = entries
    .slice(0, 50)
    .filter((entry): entry is [string, string] => isUsable(entry[0], entry[1]));
  return { tags: Object.fromEntries(usable), complete: usable.length === entries.length };
}

function isUsable(key: string, value: unknown): boolean {
  if (typeof value !== 'string' || key.length > 100 || value.length > 300) return false;
  return !isLinkUrl(key) && !isLinkUrl(value);
}

/** Whether two maps of tags say the same, in whatever order. */
export function sameTags(a: Record<string, string>, b: Record<string, string>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** A company's tags without our own id. */
export function ownTags({ [reservedTag]: _, ...own }: Record<string, string>) {
  return own;
}

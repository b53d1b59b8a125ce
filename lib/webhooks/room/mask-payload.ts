/**
 * What support needs of a payload to follow what happened: who it is about, by ids, what state
 * something was in, and what went wrong. The rest, which for types that we do not act on may be a
 * customer's books, is masked.
 */
const shownFields = new Set([
  'companyId',
  'connectionId',
  'created',
  'dataType',
  'description',
  'errorMessage',
  'erroredOnUtc',
  'eventType',
  'expiryDate',
  'generatedDate',
  'id',
  'integrationId',
  'integrationKey',
  'lastSync',
  'message',
  'modifiedFromDate',
  'name',
  'platformName',
  'portal',
  'productId',
  'productName',
  'products',
  'readMore',
  'sourceId',
  'sourceType',
  'status',
  'statusCode',
  'statusText',
  'type',
  'uid',
  'url',
]);
/** Figures about Codat that reveal nothing about a business. */
const shownNumbers = new Set(['dailyQuota', 'quotaRemaining', 'statusCode']);
/** Objects whose names and texts may be shown; elsewhere they can be personal. */
const knownParents = new Set([
  '',
  'connection',
  'dataConnectionErrors',
  'dataTypes',
  'issues',
  'links',
  'payload',
  'referenceCompany',
  'tags',
]);

const mostItems = 50;
const longestText = 1000;

export type MaskedJson =
  | null
  | boolean
  | number
  | string
  | MaskedJson[]
  | { [name: string]: MaskedJson };

/** A copy of a stored payload that staff may read. */
export function maskPayload(body: unknown): MaskedJson {
  return maskValue(body, '', '', new Budget());
}

/** Values that are still to be shown: a payload may be a mebibyte of small ones. */
class Budget {
  #left = 2000;
  spend(): boolean {
    this.#left -= 1;
    return this.#left >= 0;
  }
}

function maskValue(value: unknown, field: string, parent: string, budget: Budget): MaskedJson {
  if (!budget.spend()) return '[cut]';
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return shownNumbers.has(field) ? value : '[masked number]';
  if (typeof value === 'string') return maskText(value, field, parent);
  if (Array.isArray(value)) return maskList(value, field, parent, budget);
  if (typeof value === 'object') return maskObject(value, field, budget);
  return '[masked]';
}

function maskList(list: unknown[], field: string, parent: string, budget: Budget): MaskedJson[] {
  const items = list.slice(0, mostItems).map((item) => maskValue(item, field, parent, budget));
  const more = list.length - mostItems;
  return more > 0 ? [...items, `[${more} more]`] : items;
}

function maskObject(object: object, field: string, budget: Budget): MaskedJson {
  const entries = Object.entries(object);
  const shown: { [name: string]: MaskedJson } = {};
  for (const [name, value] of entries.slice(0, mostItems)) {
    shown[maskName(name)] = maskValue(value, name, field, budget);
  }
  if (entries.length > mostItems) shown['[more]'] = `[${entries.length - mostItems} more]`;
  return shown;
}

/** Field names can also be personal: tags, and anything in an unknown type. */
function maskName(name: string): string {
  return /^[\w.$ -]{1,64}$/.test(name) ? name : '[masked name]';
}

const plainId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const plainTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

function maskText(text: string, field: string, parent: string): string {
  if (plainId.test(text) || plainTime.test(text)) return text;
  const isTag = parent === 'tags';
  if (!isTag && !(shownFields.has(field) && knownParents.has(parent))) {
    return `[masked text, ${text.length} characters]`;
  }
  // Cut twice: half a secret at the first cut is gone with the second.
  const masked = maskSecrets(text.slice(0, 4 * longestText));
  return masked.length > longestText ? `${masked.slice(0, longestText)}[cut]` : masked;
}

/** Free text without what it may carry along: parts of URLs, secrets, addresses, numbers. */
function maskSecrets(text: string): string {
  return text
    .replace(/\b(https?:\/\/)[^\s/?#"'<>]*@/gi, '$1[masked]@')
    .replace(/\b(https?:\/\/[^\s?#"'<>]+)[?#][^\s"'<>]*/gi, '$1?[masked]')
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, '$1 [masked]')
    .replace(
      /\b(password|passwd|secret|token|otp|api[ _-]?key|authorization|code)(\s*[:=]\s*)\S+/gi,
      '$1$2[masked]',
    )
    .replace(/[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+/g, '[masked email]')
    .replace(/\b(?:eyJ|whsec_|sk_|pk_)[\w.-]+/g, '[masked]')
    .replace(/(?<![\w-])(?=[\w+/=]*\d)(?=[\w+/=]*[a-z])[\w+/]{32,}={0,2}(?![\w-])/gi, '[masked]')
    .replace(/(?<![\w.:-])\+?\(?\d[\d ().-]{7,}\d(?![\w:-])/g, '[masked number]');
}

import { toDate } from '@/lib/codat/transform';
import { withoutLinks } from '@/lib/codat/without-links';
import { storableText } from '@/lib/storable-text';
import { z } from '@/lib/zod';

/** The envelope of every event, and the payload's parts that we read. */
export type WebhookEvent = {
  eventType: string;
  eventId: string | null;
  generatedAt: Date | null;
  codatCompanyId: string | null;
  /** The whole body without Link URLs. */
  body: Record<string, unknown>;
};

const looseText = z.string().nullish().catch(null);
const envelope = z.looseObject({
  id: looseText,
  eventType: looseText,
  type: looseText,
  generatedDate: z.unknown().optional(),
  payload: z.record(z.string(), z.unknown()).nullish().catch(null),
});
const reference = z.object({ referenceCompany: z.object({ id: z.string() }) });
const companyItself = z.object({ id: z.string() });

/**
 * Reads a verified body. One of Codat's pages names the type field `type`, so both are read.
 * @returns null when the bytes are not a JSON object with an event type.
 */
export function parseEvent(bytes: Uint8Array): WebhookEvent | null {
  const parsed = envelope.safeParse(stripLinks(parseJson(bytes)));
  const eventType = parsed.data?.eventType ?? parsed.data?.type;
  if (!parsed.success || !eventType || eventType.length > 200) return null;
  return {
    eventType,
    eventId: parsed.data.id ?? null,
    generatedAt: toDate(parsed.data.generatedDate),
    codatCompanyId: companyOf(eventType, parsed.data.payload),
    body: parsed.data,
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

function companyOf(eventType: string, payload: unknown): string | null {
  const referenced = reference.safeParse(payload).data?.referenceCompany.id;
  if (referenced) return referenced;
  return eventType.startsWith('company.')
    ? (companyItself.safeParse(payload).data?.id ?? null)
    : null;
}

const linkFields = new Set(['redirect', 'linkUrl']);
/** Far deeper than anything that Codat sends. */
const deepest = 50;

/**
 * A copy of a JSON value without Link URLs, which may carry one-time passwords, and without what
 * PostgreSQL cannot store. What is nested beyond reason is cut off.
 */
export function stripLinks(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') {
    return withoutLinks(storableText(value));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return null;
  if (Array.isArray(value)) return value.map((item) => stripLinks(item, depth + 1));
  const kept = Object.entries(value).filter(([name]) => !linkFields.has(name));
  return Object.fromEntries(
    kept.map(([name, item]) => [storableText(name), stripLinks(item, depth + 1)]),
  );
}

/**
 * A text as PostgreSQL can take it: without NUL characters, and without halves of surrogate pairs,
 * which `jsonb` refuses.
 */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}

const mayHoldSuch = /\\u(0000|d[89a-f])/i;

/** Parses JSON from outside, with every text in it made storable. @throws SyntaxError, RangeError */
export function parseStorableJson(json: string): unknown {
  if (!mayHoldSuch.test(json)) return JSON.parse(json);
  return JSON.parse(json, (_key, value: unknown) =>
    typeof value === 'string' ? storableText(value) : value,
  );
}

/** Whether a text from outside may be compared with a `uuid` column. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

import { fieldError, z } from '@/lib/zod';
import type { ErrorKey } from '@/messages/areas';

/** Embeddings, overrides and isolates: they turn the order of what stands around a name. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;
/** Zero-width spaces and the mark of a file's beginning. The joiners of emoji and scripts stay. */
const empty = /[\u200b\u2060\ufeff]/g;
const breaking = /[\p{Cc}\u2028\u2029]+/gu;
/** What ink is spent on: neither fillers, which count as letters, nor marks without a letter. */
const visible = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * A name as it may stand in a line with other words: on one line, in its own direction. Empty when
 * nothing of it can be seen.
 */
export function nameText(text: string): string {
  const kept = text.replace(turning, '').replace(empty, '').replace(breaking, ' ').trim();
  return visible.test(kept) ? kept : '';
}

/** A name that people type and others read. */
export const typedName = (missing: ErrorKey, longest: number) =>
  z
    .string()
    .transform(nameText)
    .pipe(z.string().min(1, fieldError(missing)).max(longest, fieldError('textTooLong')));

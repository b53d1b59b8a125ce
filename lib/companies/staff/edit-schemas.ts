import { z } from 'zod';
import { reservedTag, tagLimits } from '@/lib/codat/tags';
import { isLinkUrl } from '@/lib/codat/without-links';
import { tagRows } from './tag-rows';

export const companyName = z
  .string()
  .trim()
  .min(1, 'errors.businessNameMissing')
  .max(200, 'errors.textTooLong');

export const renameSchema = z.object({ companyId: z.uuid(), name: companyName });

const tagMap = z.record(z.string(), z.string());

/** The rows of a form as a map of tags; what is wrong is said at its field. */
export function collectTags(
  form: Record<string, unknown>,
  context: z.RefinementCtx,
): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const row of tagRows) {
    const [key, value] = [textOf(form[row.key]), textOf(form[row.value])];
    if (key === '' && value === '') continue;
    const problem = keyProblem(key, tags);
    if (problem) context.addIssue({ code: 'custom', path: [row.key], message: problem });
    if (value.length > tagLimits.valueLength) {
      context.addIssue({ code: 'custom', path: [row.value], message: 'errors.staff.tagValue' });
    }
    if (isLinkUrl(value)) {
      context.addIssue({ code: 'custom', path: [row.value], message: 'errors.staff.tagLink' });
    }
    tags[key] = value;
  }
  return tags;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function keyProblem(key: string, others: Record<string, string>): string | null {
  if (key === '') return 'errors.staff.tagKeyMissing';
  if (key.length > tagLimits.keyLength || /[\r\n]/.test(key)) return 'errors.staff.tagKey';
  if (key.toLowerCase() === reservedTag) return 'errors.staff.tagReserved';
  if (key === '__proto__') return 'errors.invalid';
  return Object.hasOwn(others, key) ? 'errors.staff.tagTwice' : null;
}

/** `shown` is the map that the form was made from: whoever changes it meanwhile is not overruled. */
export const tagSchema = z
  .looseObject({
    companyId: z.uuid(),
    shown: z
      .string()
      .max(20_000)
      .transform((text, context) => {
        const parsed = tagMap.safeParse(parseJson(text));
        if (parsed.success) return parsed.data;
        context.addIssue({ code: 'custom', message: 'errors.invalid' });
        return z.NEVER;
      }),
  })
  .transform(({ companyId, shown, ...form }, context) => ({
    companyId,
    shown,
    tags: collectTags(form, context),
  }));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

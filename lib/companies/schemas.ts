import { reservedTag, tagLimits } from '@/lib/codat/tags';
import { isLinkUrl } from '@/lib/codat/without-links';
import { nameText, typedName } from '@/lib/name-text';
import { fieldError, z } from '@/lib/zod';
import { tagRows } from './types';

export const companyName = typedName('businessNameMissing', 200);

/** A form that only names a company. */
export const companySchema = z.object({ companyId: z.uuid() });

export const renameSchema = companySchema.extend({ name: companyName });

/** Assigns a company to the customer with exactly this address. */
export const assignSchema = companySchema.extend({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email(fieldError('email')).max(254, fieldError('email'))),
});

/** `typed` is the company's name, typed to confirm. */
export const deleteCompanySchema = companySchema.extend({ typed: z.string().max(400) });

/**
 * Form of a new company. `companyId` is made with the form, so that sending it twice makes one
 * company; `again` confirms a second company of the same name.
 */
export const createCompanySchema = z
  .looseObject({
    companyId: z.uuid(),
    name: companyName,
    again: z.literal('yes').optional(),
  })
  .transform(({ companyId, name, again, ...form }, context) => ({
    companyId,
    name,
    again: again === 'yes',
    tags: collectTags(form, context),
  }));

const tagMap = z.record(z.string(), z.string());

/** `shown` holds the tags the form was made from, so that a change made meanwhile isn't overwritten. */
export const tagSchema = z
  .looseObject({
    companyId: z.uuid(),
    shown: z
      .string()
      .max(20_000)
      .transform((text, context) => {
        const parsed = tagMap.safeParse(parseJson(text));
        if (parsed.success) return parsed.data;
        context.addIssue({ code: 'custom', message: fieldError('invalid') });
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

/** The rows of a form as a map of tags. Adds an issue at each field that is wrong. */
function collectTags(
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
      context.addIssue({
        code: 'custom',
        path: [row.value],
        message: fieldError('staff.tagValue'),
      });
    }
    if (isLinkUrl(value)) {
      context.addIssue({ code: 'custom', path: [row.value], message: fieldError('staff.tagLink') });
    }
    tags[key] = value;
  }
  return tags;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') return '';
  // Several lines are refused, not joined.
  return /[\r\n]/.test(value.trim()) ? value.trim() : nameText(value);
}

function keyProblem(key: string, others: Record<string, string>): string | null {
  if (key === '') return fieldError('staff.tagKeyMissing');
  if (key.length > tagLimits.keyLength || /[\r\n]/.test(key)) return fieldError('staff.tagKey');
  if (key.toLowerCase() === reservedTag) return fieldError('staff.tagReserved');
  if (key === '__proto__') return fieldError('invalid');
  return Object.hasOwn(others, key) ? fieldError('staff.tagTwice') : null;
}

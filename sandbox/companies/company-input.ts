import { z } from 'zod';
import { type ApiError, invalid } from '@/sandbox/errors/api-error';

const FORBIDDEN = /[^A-Za-z0-9\s\-',&@.,?!]/g;
const MAX_TAGS = 10;
const MAX_TAG_KEY = 27;
const MAX_TAG_VALUE = 100;

/** Removes what Codat does not allow in a company name; a name may come out empty. */
export function stripCompanyName(name: string): string {
  return name.replace(FORBIDDEN, '');
}

const companyName = z
  .string({ error: "'Name' must not be empty." })
  .transform(stripCompanyName)
  .refine((name) => name.trim() !== '', "'Name' must not be empty.");

const tags = z
  .record(
    z.string().regex(/^.{1,27}$/, `A tag key must have between 1 and ${MAX_TAG_KEY} characters.`),
    z.string().max(MAX_TAG_VALUE, `A tag value must have at most ${MAX_TAG_VALUE} characters.`),
  )
  .refine(
    (map) => Object.keys(map).length <= MAX_TAGS,
    `A company can have at most ${MAX_TAGS} tags.`,
  );

const fullSchema = z.object({
  name: companyName,
  description: z.string().nullish(),
  tags: tags.nullish(),
});

const newSchema = fullSchema.extend({
  products: z.array(z.string().min(1, "'Products' must not be empty.")).nullish(),
});
const changeSchema = fullSchema.extend({ name: companyName.nullish() });

export type CompanyInput = z.infer<typeof fullSchema>;
export type NewCompany = z.infer<typeof newSchema>;
export type CompanyChange = z.infer<typeof changeSchema>;

function toApiError(error: z.ZodError): ApiError {
  const [issue] = error.issues;
  const field = String(issue?.path[0] ?? 'Company');
  const itemId = field.charAt(0).toUpperCase() + field.slice(1);
  return invalid(itemId, issue?.message ?? 'Not valid.', 'CompanyValidator');
}

/** Checks the body of create; throws a 400 with a validation item. */
export function parseNewCompany(body: unknown): NewCompany {
  const parsed = newSchema.safeParse(body);
  if (!parsed.success) throw toApiError(parsed.error);
  return parsed.data;
}

/** Checks the body of replace; throws a 400 with a validation item. */
export function parseCompanyInput(body: unknown): CompanyInput {
  const parsed = fullSchema.safeParse(body);
  if (!parsed.success) throw toApiError(parsed.error);
  return parsed.data;
}

/** Checks the body of update, where everything is optional and null means absent. */
export function parseCompanyChange(body: unknown): CompanyChange {
  const parsed = changeSchema.safeParse(body);
  if (!parsed.success) throw toApiError(parsed.error);
  return parsed.data;
}

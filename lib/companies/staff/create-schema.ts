import { z } from 'zod';
import { collectTags, companyName } from './edit-schemas';

/**
 * Form of a new company. `companyId` is made with the form, so that sending it twice makes one
 * company; `again` says that another one of the same name is meant.
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

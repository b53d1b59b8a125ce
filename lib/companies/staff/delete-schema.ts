import { z } from 'zod';

/** `typed` is the company's name, to say that one means it. */
export const deleteCompanySchema = z.object({
  companyId: z.uuid(),
  typed: z.string().max(400),
});

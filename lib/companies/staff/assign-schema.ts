import { z } from 'zod';

/** The exact address of the customer whom a company is given to. */
export const assignSchema = z.object({
  companyId: z.uuid(),
  email: z.string().trim().toLowerCase().pipe(z.email('errors.email').max(254, 'errors.email')),
});

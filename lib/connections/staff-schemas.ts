import { z } from 'zod';

/** A form that names a connection of a company. */
export const companyConnectionSchema = z.object({
  companyId: z.uuid(),
  connectionId: z.string().min(1).max(100),
});

export const removeConnectionSchema = companyConnectionSchema.extend({
  understood: z.literal('yes', 'errors.staff.confirm'),
});

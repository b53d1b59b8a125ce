import { z } from 'zod';

/** Form for copying a Link URL. Without a connection it is the company's own. */
export const copyLinkSchema = z.object({
  companyId: z.uuid(),
  connectionId: z
    .string()
    .max(100)
    .transform((id) => id || undefined)
    .optional(),
});

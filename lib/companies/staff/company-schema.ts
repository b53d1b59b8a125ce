import { z } from 'zod';

/** A form that names a company and says nothing else. */
export const companySchema = z.object({ companyId: z.uuid() });

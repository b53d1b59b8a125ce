import { z } from 'zod';

// Apart from `schemas.ts`, which pages use in the browser: there Zod tries `new Function` when a
// schema is made, and the Content-Security-Policy reports it.
export const disconnectSchema = z.object({ connectionId: z.uuid() });

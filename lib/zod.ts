import { z } from 'zod';
import type { ErrorKey } from '@/messages/areas';

// Otherwise Zod tries `new Function` for each schema, which our Content-Security-Policy reports. It
// must be set before the first schema is made: hence every import of Zod goes through this file.
z.config({ jitless: true });

/** The message of an issue, for the person who filled the form in. */
export function fieldError(key: ErrorKey): `errors.${ErrorKey}` {
  return `errors.${key}`;
}

export { z };

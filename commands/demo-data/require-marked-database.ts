import { eq } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { environmentMarker } from '@/db/schema/operations';
import { getEnv } from '@/env';

/** @throws Error unless the database has the marker of this demo, dev or test stack. */
export async function requireMarkedDatabase(): Promise<void> {
  const { PORTAL_MODE: mode } = getEnv();
  const marked =
    mode === 'production'
      ? []
      : await getDb().select().from(environmentMarker).where(eq(environmentMarker.kind, mode));
  if (marked.length > 0) return;
  throw new Error(
    'This database wasn’t created by a demo, dev or test stack, so nothing was written.',
  );
}

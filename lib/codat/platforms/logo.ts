import 'server-only';
import { eq } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { integrations } from '@/db/schema/codat';
import { storableText } from '@/lib/storable-text';

/** The kept logo of a platform; null when there is none. */
export async function getLogo(
  platformKey: string,
): Promise<{ bytes: Buffer; type: string } | null> {
  const [row] = await getDb()
    .select({ bytes: integrations.logo, type: integrations.logoType })
    .from(integrations)
    .where(eq(integrations.platformKey, storableText(platformKey)));
  return row?.bytes && row.type ? { bytes: row.bytes, type: row.type } : null;
}

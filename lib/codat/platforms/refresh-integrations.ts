import 'server-only';
import { sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { integrations } from '@/db/schema/system';
import { fetchLogo, listIntegrations } from './integrations';

/** Reads Codat's list of platforms and keeps it with the logos. One API call, then the images. */
export async function refreshIntegrations(): Promise<void> {
  const db = getDb();
  for (const item of await listIntegrations()) {
    const logo = item.logoUrl ? await fetchLogo(item.logoUrl) : null;
    const values = {
      name: item.name,
      sourceType: item.sourceType,
      sourceId: item.sourceId,
      enabled: item.enabled,
      fetchedAt: sql`now()`,
      // A logo that cannot be fetched today is no reason to drop yesterday's.
      ...(logo && { logo: logo.bytes, logoType: logo.type }),
    };
    await db
      .insert(integrations)
      .values({ platformKey: item.platformKey, ...values })
      .onConflictDoUpdate({ target: integrations.platformKey, set: values });
  }
}

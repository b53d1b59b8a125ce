import 'server-only';
import { sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { integrations } from '@/db/schema/codat';
import { getEnv } from '@/env';
import { readCodat } from '@/lib/codat/client';
import { CodatError } from '@/lib/codat/errors';
import { z } from '@/lib/zod';

export type IntegrationSnapshot = {
  platformKey: string;
  name: string;
  sourceType: string | null;
  sourceId: string | null;
  enabled: boolean;
  logoUrl: string | null;
};

const optionalText = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);
const integration = z.object({
  key: z.string().min(1).max(40),
  name: z.string().min(1),
  enabled: z.boolean().nullish().catch(null),
  sourceType: optionalText,
  sourceId: optionalText,
  logoUrl: optionalText,
});
const page = z.object({ results: z.array(z.unknown()) });

/** Every platform Codat offers this client, in one call. @throws CodatError */
export async function listIntegrations(): Promise<IntegrationSnapshot[]> {
  const json = await readCodat({
    priority: 'sweep',
    path: '/integrations',
    query: { page: 1, pageSize: 500 },
  });
  const parsed = page.safeParse(json);
  if (!parsed.success) throw new CodatError('malformed', 'list integrations: not a page');
  return parsed.data.results
    .map((item) => integration.safeParse(item).data)
    .filter((item) => item !== undefined)
    .map((item) => ({
      platformKey: item.key,
      name: item.name,
      sourceType: item.sourceType,
      sourceId: item.sourceId,
      enabled: item.enabled ?? false,
      logoUrl: item.logoUrl,
    }));
}

const logoTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml'];
const maxLogoBytes = 200_000;

/**
 * Fetches one logo, from https or from the API's own host. Null when there is none worth showing.
 */
export async function fetchLogo(logoUrl: string): Promise<{ bytes: Buffer; type: string } | null> {
  if (!URL.canParse(logoUrl)) return null;
  const url = new URL(logoUrl);
  if (url.protocol !== 'https:' && url.origin !== new URL(getEnv().CODAT_API_URL).origin)
    return null;
  const response = await fetch(url, {
    redirect: 'error',
    cache: 'no-store',
    signal: AbortSignal.timeout(8000),
  }).catch(() => null);
  const type = response?.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  if (!response?.ok || !logoTypes.includes(type)) return null;
  const bytes = Buffer.from(await response.arrayBuffer());
  return bytes.byteLength > 0 && bytes.byteLength <= maxLogoBytes ? { bytes, type } : null;
}

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

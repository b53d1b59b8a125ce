import 'server-only';
import { z } from '@/lib/zod';
import { askCodat } from './client';
import { CodatError } from './errors';
import type { CodatAccess } from './transport';

/** The settings of the Codat client that its API knows. */
export type CodatProfile = {
  /** Where Hosted Link returns to, with its placeholders; empty when there is none. */
  redirectUrl: string;
  /** The only hosts that Link sends people back to; empty when it sends them anywhere. */
  allowedUrls: string[];
  /** All of it as Codat gave it: an update must send every field back. */
  fields: Record<string, unknown>;
};

const profile = z.looseObject({
  redirectUrl: z.string().nullish().catch(null),
  whiteListUrls: z.array(z.unknown()).nullish().catch(null),
});

function profileOf(json: unknown): CodatProfile {
  const parsed = profile.safeParse(json);
  if (!parsed.success) throw new CodatError('malformed', 'profile: not a profile');
  const { redirectUrl, whiteListUrls } = parsed.data;
  return {
    redirectUrl: redirectUrl ?? '',
    allowedUrls: (whiteListUrls ?? []).filter((url) => typeof url === 'string'),
    fields: parsed.data,
  };
}

/** @throws CodatError */
export async function getProfile(access: CodatAccess): Promise<CodatProfile> {
  return profileOf(await askCodat(access, { method: 'GET', path: '/profile' }));
}

/** Changes the Redirect URL and nothing else. @throws CodatError */
export async function saveRedirectUrl(
  access: CodatAccess,
  before: CodatProfile,
  redirectUrl: string,
): Promise<CodatProfile> {
  const body = { ...before.fields, redirectUrl };
  return profileOf(await askCodat(access, { method: 'PUT', path: '/profile', body }));
}

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readMeta, writeMeta } from '@/sandbox/store/meta';
import type { World } from '@/sandbox/world';

const PROFILE_KEY = 'profile';
const CLIENT_ID_KEY = 'clientId';

/** A redirect setting: empty, or an http(s) URL once its `{placeholders}` are filled in. */
function isRedirectUrl(text: string): boolean {
  if (text === '') return true;
  const filled = text.replace(/\{[^{}]+\}/g, 'x');
  return URL.canParse(filled) && /^https?:$/.test(new URL(filled).protocol);
}

export const profileSchema = z.object({
  name: z.string().min(1, "'Name' must not be empty."),
  redirectUrl: z.string().refine(isRedirectUrl, "'Redirect Url' must be a valid URL."),
  logoUrl: z.string().nullish(),
  iconUrl: z.string().nullish(),
  whiteListUrls: z.array(z.url({ protocol: /^https?$/ })).nullish(),
  confirmCompanyName: z.boolean().nullish(),
});

export type ProfileInput = z.infer<typeof profileSchema>;

export interface Profile {
  name: string;
  redirectUrl: string;
  logoUrl: string;
  iconUrl: string;
  whiteListUrls: string[];
  confirmCompanyName: boolean;
}

/** The client's profile; `redirectUrl` is where Hosted Link returns to (empty: nowhere). */
export function getProfile({ store, config }: World): Profile {
  const profile = readMeta<Profile>(store, PROFILE_KEY);
  return (
    profile ?? {
      name: config.clientName,
      redirectUrl: '',
      logoUrl: '',
      iconUrl: '',
      whiteListUrls: [],
      confirmCompanyName: false,
    }
  );
}

/** PUT: what is absent becomes empty. */
export function saveProfile({ store }: World, input: ProfileInput): Profile {
  const profile: Profile = {
    name: input.name,
    redirectUrl: input.redirectUrl,
    logoUrl: input.logoUrl ?? '',
    iconUrl: input.iconUrl ?? '',
    whiteListUrls: input.whiteListUrls ?? [],
    confirmCompanyName: input.confirmCompanyName ?? false,
  };
  writeMeta(store, PROFILE_KEY, profile);
  return profile;
}

/** The id of this Codat instance; made once. */
export function getClientId({ store }: World): string {
  const known = readMeta<string>(store, CLIENT_ID_KEY);
  if (known) return known;
  const clientId = randomUUID();
  writeMeta(store, CLIENT_ID_KEY, clientId);
  return clientId;
}

/** Forgets profile and CORS settings, as a reset does; the client's id stays. */
export function clearProfile({ store }: World): void {
  store.run(`DELETE FROM meta WHERE key IN ('${PROFILE_KEY}', 'allowedOrigins')`);
}

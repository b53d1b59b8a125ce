import 'server-only';
import type { Db } from '@/db/client';
import { z } from '@/lib/zod';
import { CannotCheck, type Check, checkText, type Outcome } from './check';
import { reasonOf, requireMigrated, requireSetting, troubleOf } from './context';
import { daysKnown, rotated } from './fingerprints';

const secrets = [
  { name: 'AUTH_SECRET', fix: 'weak-secrets.fix' },
  { name: 'ENCRYPTION_KEY', fix: 'weak-secrets.fix' },
  { name: 'CODAT_WEBHOOK_SECRET', fix: 'weak-secrets.fixCodat' },
  { name: 'METRICS_TOKEN', fix: 'weak-secrets.fix' },
  { name: 'OIDC_CLIENT_SECRET', fix: 'weak-secrets.fixOther' },
] as const;

/**
 * Secrets that are long enough to be taken and can be guessed all the same. The API key is Codat's
 * own making.
 */
export const weakSecrets: Check = {
  id: 'weak-secrets',
  group: 'secrets',
  run: async ({ environment: { values } }) => {
    const set = secrets.filter(({ name }) => values[name]);
    if (set.length === 0) throw new CannotCheck('setting', { name: secrets[0].name });
    const state = values.PORTAL_MODE === 'production' ? 'fail' : 'warn';
    const weak = set.flatMap(({ name, fix }): Outcome[] => {
      const weakness = [values[name] ?? []].flat().map(weaknessOf).find(Boolean);
      if (!weakness) return [];
      const found = checkText(`weak-secrets.${weakness}`, { name });
      return [{ about: name, state, found, fix: checkText(fix, { name }), fixedIn: 'environment' }];
    });
    return weak.length > 0 ? weak : { state: 'ok', found: checkText('weak-secrets.ok') };
  },
};

const shortestBytes = 16;
const fewestCharacters = 8;

/** Published by Codat in its documents, or the default of the local Codat. */
const published = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'local-codat-api-key'];
const words =
  /change[-_ ]?me|example|placeholder|passw(or)?d|insecure|default|your[-_ ]|secret|keyboard ?cat|qwerty|letmein|0?123456(789)?|abcdef/gi;

export type Weakness = 'short' | 'repeated' | 'known';

/** Why a secret can be guessed; null when nothing says so. */
export function weaknessOf(secret: string): Weakness | null {
  if (published.includes(secret)) return 'known';
  const own = secret.replace(/^whsec_/, '');
  if (Buffer.byteLength(own) < shortestBytes) return 'short';
  if (isRepeated(own)) return 'repeated';
  const rest = own.replace(words, '');
  const isPlaceholder = rest !== own && (rest.length < shortestBytes || isRepeated(rest));
  return isPlaceholder ? 'known' : null;
}

function isRepeated(text: string): boolean {
  return new Set(text).size < fewestCharacters || /^(.{1,16})\1+.{0,15}$/s.test(text);
}

/**
 * Days after which nothing made with the older values is left: a session lives 14 days, and Codat
 * retries a delivery for 28 hours. Encrypted data stays until it is written again.
 */
const overAfterDays = { AUTH_SECRET: 14, CODAT_WEBHOOK_SECRET: 2, ENCRYPTION_KEY: Infinity };

async function judgeAges(
  db: Db,
  name: (typeof rotated)[number],
  secrets: string[],
): Promise<Outcome> {
  const count = secrets.length;
  // A rotation first adds the newest at the end, so the order says nothing about age.
  const ages = await Promise.all(secrets.map((secret) => daysKnown(db, name, secret)));
  const noted = ages.filter((age) => age !== null);
  const days = Math.min(...noted);
  if (noted.length < count) {
    return { about: name, state: 'ok', found: checkText('secret-rotation.unnoted', { count }) };
  }
  if (count === 1)
    return { about: name, state: 'ok', found: checkText('secret-rotation.one', { days }) };
  if (days < overAfterDays[name]) {
    return {
      about: name,
      state: 'ok',
      found: checkText('secret-rotation.several', { count, days }),
    };
  }
  return {
    about: name,
    state: 'warn',
    found: checkText('secret-rotation.over', { count, days }),
    fix: checkText('secret-rotation.fixOver', { name }),
    fixedIn: 'environment',
  };
}

/** How many values each secret has, since when, and whether the old ones can go. */
export const secretRotation: Check = {
  id: 'secret-rotation',
  group: 'secrets',
  run: async (context) => {
    const db = await requireMigrated(context);
    const { values } = context.environment;
    const known = rotated.filter((name) => values[name]);
    if (known.length === 0) throw new CannotCheck('setting', { name: rotated.join(', ') });
    return Promise.all(known.map((name) => judgeAges(db, name, values[name] ?? [])));
  },
};

const timeoutMs = 5000;
const discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  claims_supported: z.array(z.string()).optional().catch(undefined),
});
const bare = (url: string) => url.replace(/\/+$/, '');

async function askProvider(issuer: string, url: string, hasAdmins: boolean): Promise<Outcome> {
  const fixable = {
    fix: checkText('sign-in-provider.fix', { url }),
    fixedIn: 'environment',
  } as const;
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer: unknown = await response.json().catch(() => null);
    const { data } = discovery.safeParse(answer);
    if (bare(data?.issuer ?? '') !== bare(issuer)) {
      return { state: 'fail', found: checkText('sign-in-provider.wrong', { issuer }), ...fixable };
    }
    const verifies = data?.claims_supported?.includes('email_verified') ?? true;
    if (!verifies && hasAdmins) {
      return {
        state: 'warn',
        found: checkText('sign-in-provider.unverified', { issuer }),
        fix: checkText('sign-in-provider.fixUnverified'),
        fixedIn: 'environment',
      };
    }
    return { state: 'ok', found: checkText('sign-in-provider.ok', { issuer }) };
  } catch (error) {
    const reason = reasonOf(error);
    const found = checkText('sign-in-provider.silent', { issuer, reason });
    const fix =
      troubleOf(reason) === 'certificate'
        ? checkText('sign-in-provider.fixCertificate')
        : fixable.fix;
    return { state: 'fail', found, ...fixable, fix };
  }
}

/** Whether the identity provider, if there is one, can be found. */
export const signInProvider: Check = {
  id: 'sign-in-provider',
  group: 'secrets',
  run: async ({ environment: { values } }) => {
    const issuer = values.OIDC_ISSUER;
    if (!issuer) return { state: 'ok', found: checkText('sign-in-provider.none') };
    const hasAdmins = (values.ADMIN_EMAILS ?? []).length > 0;
    return askProvider(issuer, `${bare(issuer)}/.well-known/openid-configuration`, hasAdmins);
  },
};

/** The portal only speaks plain http, so an https address has a proxy in front. */
export const proxyHops: Check = {
  id: 'proxy-hops',
  group: 'secrets',
  run: async (context) => {
    const hops = requireSetting(context, 'TRUSTED_PROXY_HOPS');
    const appUrl = requireSetting(context, 'APP_URL');
    if (hops > 0 || !appUrl.startsWith('https:')) {
      return { state: 'ok', found: checkText('proxy-hops.ok', { hops }) };
    }
    return {
      state: 'warn',
      found: checkText('proxy-hops.none'),
      fix: checkText('proxy-hops.fix'),
      fixedIn: 'environment',
    };
  },
};

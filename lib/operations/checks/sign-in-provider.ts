import 'server-only';
import { z } from '@/lib/zod';
import { type Check, type Outcome, say } from './check';
import { reasonOf } from './requirements';

const timeoutMs = 5000;
const discovery = z.object({ issuer: z.string(), authorization_endpoint: z.url() });
const bare = (url: string) => url.replace(/\/+$/, '');

async function look(issuer: string, url: string): Promise<Outcome> {
  const mendable = { mend: say('sign-in-provider.mend', { url }), mender: 'environment' } as const;
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer: unknown = await response.json().catch(() => null);
    const isIt = bare(discovery.safeParse(answer).data?.issuer ?? '') === bare(issuer);
    return isIt
      ? { state: 'ok', found: say('sign-in-provider.ok', { issuer }) }
      : { state: 'fail', found: say('sign-in-provider.wrong', { issuer }), ...mendable };
  } catch (error) {
    const found = say('sign-in-provider.silent', { issuer, reason: reasonOf(error) });
    return { state: 'fail', found, ...mendable };
  }
}

/** Whether the identity provider, if there is one, can be found. */
export const signInProvider: Check = {
  id: 'sign-in-provider',
  group: 'secrets',
  run: async ({ environment: { values } }) => {
    const issuer = values.OIDC_ISSUER;
    if (!issuer) return { state: 'ok', found: say('sign-in-provider.none') };
    return look(issuer, `${bare(issuer)}/.well-known/openid-configuration`);
  },
};

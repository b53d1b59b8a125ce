import 'server-only';
import { getEnv } from '@/env';

/** The operator's identity provider, as the environment has it. */
export type Provider = { name: string; issuer: string; clientId: string; clientSecret: string };

/** The identity provider that people may sign in with; null when none is set. */
export function getProvider(): Provider | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME, BRAND_NAME } = getEnv();
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return null;
  return {
    name: OIDC_NAME ?? BRAND_NAME,
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
  };
}

const problems = [
  'providerNoEmail',
  'providerEmailTaken',
  'providerUnverified',
  'providerRefused',
] as const;

/** The message for what `/sign-in?error=` names; anything unknown is a general failure. */
export function providerProblem(error: string | undefined): string | null {
  if (!error) return null;
  return `errors.${problems.find((known) => known === error) ?? 'providerFailed'}`;
}

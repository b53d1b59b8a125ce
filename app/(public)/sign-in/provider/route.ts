import { getEnv } from '@/env';
import { startProviderSignIn } from '@/lib/auth/oidc/next-auth';
import { getProvider } from '@/lib/auth/oidc/provider';
import { safeReturnPath } from '@/lib/auth/return-path';
import { isOwnOrigin } from '@/lib/web/own-origin';

/** Leaves for the identity provider. Other sites can only send a person to our sign-in page. */
export async function GET(request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams.get('callbackUrl') ?? undefined;
  const { headers } = request;
  const own = isOwnOrigin(headers.get('origin'), headers.get('sec-fetch-site'), getEnv().APP_URL);
  if (!own || !getProvider())
    return new Response(null, { status: 303, headers: { location: '/sign-in' } });
  return startProviderSignIn(request, safeReturnPath(asked, '/connections'));
}

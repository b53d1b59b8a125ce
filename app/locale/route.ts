import { cookies } from 'next/headers';
import { getEnv } from '@/env';
import { safeReturnPath, withoutOrigin } from '@/lib/auth/return-path';
import { isOwnOrigin } from '@/lib/web/own-origin';
import { knownLocale, localeCookie } from '@/messages/locales';
import { mayBePseudo } from '@/messages/server/texts';

const longestBody = 500;
const yearSeconds = 365 * 24 * 60 * 60;

/** Keeps the language that a person chose, and shows them the page that they were on. */
export async function POST(request: Request): Promise<Response> {
  const { headers } = request;
  const { APP_URL } = getEnv();
  const isOwn = isOwnOrigin(headers.get('origin'), headers.get('sec-fetch-site'), APP_URL);
  const isShort = Number(headers.get('content-length') ?? Number.NaN) <= longestBody;
  const asked = isOwn && isShort ? new URLSearchParams(await request.text()).get('locale') : null;
  const locale = knownLocale(asked, mayBePseudo());
  if (locale) {
    // Not only for the server: the page that is shown when all else fails reads it in the browser.
    (await cookies()).set(localeCookie, locale, {
      sameSite: 'lax',
      path: '/',
      maxAge: yearSeconds,
      secure: APP_URL.startsWith('https:'),
    });
  }
  const from = withoutOrigin(headers.get('referer') ?? '', APP_URL);
  return new Response(null, { status: 303, headers: { location: safeReturnPath(from, '/') } });
}

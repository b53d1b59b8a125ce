import 'server-only';
import { isDatabaseAway } from '@/lib/runtime/database-away';
import { isDatabaseKnownAway } from '@/lib/runtime/process-state';
import { localeFacts } from '@/messages/locales';
import { localeOf } from '@/messages/server/request-locale';
import { tIn } from '@/messages/server/t-in';

const retryAfterSeconds = '5';

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

type Asked = { cookies: Parameters<typeof localeOf>[0]; headers: Headers };

/**
 * A whole page that needs nothing but this process: for when the database is away. It asks again by
 * itself.
 */
export function unavailablePage(brandName: string, { cookies, headers }: Asked): Response {
  const locale = localeOf(cookies, headers);
  const t = tIn('errors', locale);
  const { tag, dir } = localeFacts(locale);
  const html = `<!doctype html>
<html lang="${tag}" dir="${dir}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta http-equiv="refresh" content="5">
<title>${escapeHtml(t('unavailable.title'))}</title></head>
<body style="font:1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.25rem">
<p style="font-weight:600">${escapeHtml(brandName)}</p>
<h1 style="font-size:1.5rem;line-height:1.25">${escapeHtml(t('unavailable.title'))}</h1>
<p>${escapeHtml(t('unavailable.text'))}</p>
</body></html>`;
  return new Response(html, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': retryAfterSeconds,
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    },
  });
}

/**
 * Answers as `handle` does, or 503 with `Retry-After`: at once while the database is known to be
 * away, and where it turns out to be.
 */
export async function orUnavailable(handle: () => Promise<Response>): Promise<Response> {
  if (isDatabaseKnownAway()) return unavailable();
  try {
    return await handle();
  } catch (error) {
    if (isDatabaseAway(error)) return unavailable();
    throw error;
  }
}

function unavailable(): Response {
  const headers = { 'cache-control': 'no-store', 'retry-after': retryAfterSeconds };
  return Response.json({ error: 'unavailable' }, { status: 503, headers });
}

import { translator } from '@/messages/translator';

const t = translator('errors');

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * A whole page that needs nothing but this process: for when the database is away. It asks again by
 * itself.
 */
export function unavailablePage(brandName: string): Response {
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
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
      'retry-after': '5',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    },
  });
}

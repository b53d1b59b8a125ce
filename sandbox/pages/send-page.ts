import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Headers of every page: never in a frame, no scripts. `form-action` is absent, because it would apply to redirects after a post. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cache-Control': 'no-store',
};

/** Answers with a whole page. */
export function sendPage(
  c: Context,
  page: { toString(): string | Promise<string> },
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  const html = page.toString();
  return typeof html === 'string'
    ? c.html(`<!doctype html>${html}`, status)
    : html.then((text) => c.html(`<!doctype html>${text}`, status));
}

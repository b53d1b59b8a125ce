/**
 * The control panel has no login. A page of another site, open in the same browser, must not be
 * able to reset or change anything: a change that names a foreign origin is refused.
 */
export function refuseForeignOrigin(request: Request): Response | null {
  if (request.method === 'GET' || request.method === 'HEAD') return null;
  const origin = request.headers.get('origin');
  if (origin === null) return null;
  const isOwn = URL.canParse(origin) && new URL(origin).host === request.headers.get('host');
  if (isOwn) return null;
  return Response.json({ error: `Requests from ${origin} are refused` }, { status: 403 });
}

import { getActor } from '@/lib/auth/session';
import { recordReturn } from '@/lib/linking/record-return';

/**
 * The Redirect URL configured at Codat. Anybody can open it with anything in its query: it records
 * the outcome of the person's own hand-off and moves on to a page with a clean address.
 */
export async function GET(request: Request): Promise<Response> {
  // After a sign-in Next asks for this path as page data. Refused, it lets the browser itself come,
  // whose address is then the clean one.
  if (request.headers.has('rsc')) return new Response(null, { status: 204 });
  const { pathname, search, searchParams } = new URL(request.url);
  const actor = await getActor();
  if (!actor) return seeOther(`/sign-in?callbackUrl=${encodeURIComponent(pathname + search)}`);
  const linkSessionId = await recordReturn(actor, {
    state: searchParams.get('state'),
    statusCode: searchParams.get('statusCode'),
    connectionId: searchParams.get('connectionId'),
    errorMessage: searchParams.get('errorMessage'),
  });
  return seeOther(linkSessionId ? `/link/done/${linkSessionId}` : '/connections?returned=unknown');
}

/** A relative `Location`, so that no header a client sends can name another host. */
function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path } });
}

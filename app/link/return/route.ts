import { businessHref } from '@/app/(customer)/_components/business-href';
import { type Actor, isMember } from '@/lib/actor';
import { getActor } from '@/lib/auth/session';
import { getCopiedOutcome } from '@/lib/linking/get-link-outcome';
import {
  companyNamedBy,
  mayHaveLostState,
  recordCopiedReturn,
  recordReturn,
} from '@/lib/linking/record-return';

/**
 * The Redirect URL configured at Codat. Anybody can open it with anything in its query: it records
 * the outcome of the person's own hand-off and moves on to a page with a clean address.
 */
export async function GET(request: Request): Promise<Response> {
  // After a sign-in Next asks for this path as page data. Refused, it lets the browser itself come,
  // whose address is then the clean one.
  if (request.headers.has('rsc')) return new Response(null, { status: 204 });
  const { pathname, search, searchParams } = new URL(request.url);
  const query = {
    state: searchParams.get('state'),
    companyId: searchParams.get('companyId'),
    statusCode: searchParams.get('statusCode'),
    connectionId: searchParams.get('connectionId'),
    errorMessage: searchParams.get('errorMessage'),
  };
  const [actor, copied] = [await getActor(), await recordCopiedReturn(query)];
  if (copied) return seeOther(await pageAfterCopied(actor, copied));
  if (!actor && (await mayHaveLostState(query))) return seeOther('/link/thanks?outcome=unknown');
  if (!actor) return seeOther(`/sign-in?callbackUrl=${encodeURIComponent(pathname + search)}`);
  const linkSessionId = await recordReturn(actor, query);
  if (linkSessionId) return seeOther(`/link/done/${linkSessionId}`);
  const companyId = await companyNamedBy(actor, query.companyId);
  return seeOther(
    companyId
      ? businessHref(actor, companyId, '/connections', { returned: 'unknown' })
      : '/connections?returned=unknown',
  );
}

/** Members of the company see the result; everyone else gets a thank-you page that reveals nothing. */
async function pageAfterCopied(
  actor: Actor | null,
  { linkSessionId, companyId }: { linkSessionId: string; companyId: string },
): Promise<string> {
  if (actor && isMember(actor, companyId)) return `/link/done/${linkSessionId}`;
  return `/link/thanks?outcome=${await getCopiedOutcome(linkSessionId)}`;
}

/** A relative `Location`, so that no header a client sends can name another host. */
function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path } });
}

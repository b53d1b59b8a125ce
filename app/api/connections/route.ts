import { cookies } from 'next/headers';
import { companyCookieName, getActor } from '@/lib/auth/session';
import { getConnectionsOverview } from '@/lib/connections/get-connections';
import { orUnavailable } from '@/lib/web/unavailable';

export const dynamic = 'force-dynamic';

/** The connections of the company this person is looking at, for the open page to refresh. */
export function GET(request: Request): Promise<Response> {
  return orUnavailable(() => answer(request));
}

async function answer(request: Request): Promise<Response> {
  const actor = await getActor();
  if (!actor) return Response.json({ error: 'signed-out' }, { status: 401 });
  const asked =
    new URL(request.url).searchParams.get('companyId') ??
    (await cookies()).get(companyCookieName)?.value;
  const company = actor.companies.find(({ id }) => id === asked) ?? actor.companies[0];
  if (!company) return Response.json({ error: 'not-found' }, { status: 404 });
  const overview = await getConnectionsOverview(actor, company.id);
  return Response.json(overview, { headers: { 'cache-control': 'no-store' } });
}

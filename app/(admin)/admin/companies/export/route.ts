import { can } from '@/lib/actor';
import { getActor } from '@/lib/auth/session';
import { exportCompanies } from '@/lib/companies/list/export-companies';
import { companyListSchema } from '@/lib/companies/list/schemas';
import { streamText } from '@/lib/lists/csv';
import { readRequestContext } from '@/lib/runtime/request-context';
import { getLocale } from '@/messages/server/request-locale';

export const dynamic = 'force-dynamic';

/** The companies of the list with the same search, filters and order, as a CSV file. */
export async function GET(request: Request): Promise<Response> {
  const actor = await getActor();
  if (!actor) return new Response(null, { status: 401 });
  if (!can(actor, 'export:read')) return new Response(null, { status: 404 });
  const input = companyListSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  const parts = await exportCompanies(
    actor,
    input,
    readRequestContext(request.headers),
    await getLocale(),
  );
  const today = new Date().toISOString().slice(0, 10);
  return new Response(streamText(parts, request.signal), {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="companies-${today}.csv"`,
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
